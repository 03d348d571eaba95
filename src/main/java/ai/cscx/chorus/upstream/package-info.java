/** Chorus.ai as it is: its HTTP interface, credentials, paging, errors and wire records. Knows nothing of ours. */
@NullMarked
package ai.cscx.chorus.upstream;

import org.jspecify.annotations.NullMarked;
