package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call of a customer and what it says.
 *
 * @param tookPlace false for calls that are planned, failed, or to which nobody came
 * @param transcript whether there are words to read
 * @param numbers null until they are read off what the call says now
 */
record CallFacts(
        CallId call,
        Instant startedAt,
        boolean tookPlace,
        boolean transcript,
        @Nullable CallNumbers numbers) {}
