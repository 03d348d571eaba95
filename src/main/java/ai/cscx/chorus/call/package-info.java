/** A recorded conversation and what Chorus says about it: the call, its people, transcript, trackers and action items. */
@NullMarked
package ai.cscx.chorus.call;

import org.jspecify.annotations.NullMarked;
