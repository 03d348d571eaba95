/** A Chorus.ai to try against: a real HTTP server on this machine that serves made-up calls. Knows only {@code base}. */
@NullMarked
package ai.cscx.chorus.simulator;

import org.jspecify.annotations.NullMarked;
