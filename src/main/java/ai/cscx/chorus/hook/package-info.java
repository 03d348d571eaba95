/** Tells others of changes: hooks, their outbox and its delivery. */
@NullMarked
package ai.cscx.chorus.hook;

import org.jspecify.annotations.NullMarked;
