/** What was said, findable: transcripts cut into passages, kept in OpenSearch, found by words and within the portfolio. */
@NullMarked
package ai.cscx.chorus.search;

import org.jspecify.annotations.NullMarked;
