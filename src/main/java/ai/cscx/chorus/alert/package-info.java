/** Searches that people keep, and what they find among calls that come later. */
@NullMarked
package ai.cscx.chorus.alert;

import org.jspecify.annotations.NullMarked;
