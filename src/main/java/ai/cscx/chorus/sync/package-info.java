/**
 * Keeps us up to date with Chorus: the connection, windows of the list, fetching and translating each call, and the
 * steps that follow. The poll is the truth.
 */
@NullMarked
package ai.cscx.chorus.sync;

import org.jspecify.annotations.NullMarked;
