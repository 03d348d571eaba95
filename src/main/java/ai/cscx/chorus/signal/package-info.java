/** What conversations say of a customer: trackers and their trends, momentum, health, and what of it counts. */
@NullMarked
package ai.cscx.chorus.signal;

import org.jspecify.annotations.NullMarked;
