/** Action items and the tasks that they become. */
@NullMarked
package ai.cscx.chorus.task;

import org.jspecify.annotations.NullMarked;
