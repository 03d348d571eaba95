/** Words that every other package speaks: ids, pages, time ranges, failures, health. Knows nobody. */
@NullMarked
package ai.cscx.chorus.base;

import org.jspecify.annotations.NullMarked;
