/** The assistant in Slack: what people write there is kept, answered in its thread, and shown in blocks. */
@NullMarked
package ai.cscx.chorus.slack;

import org.jspecify.annotations.NullMarked;
