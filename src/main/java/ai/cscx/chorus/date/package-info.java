/** What words say about dates, and which days they mean. English. */
@NullMarked
package ai.cscx.chorus.date;

import org.jspecify.annotations.NullMarked;
