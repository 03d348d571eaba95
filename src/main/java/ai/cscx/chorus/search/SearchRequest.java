package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.Side;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for.
 *
 * @param q words, {@code "exact phrases"}, {@code -not} and {@code -"not this phrase"}
 * @param customers only calls of these; empty means no such wish, and never widens what the asker may see
 * @param range when the call started
 * @param speaker who said it: a full name or a first name, in any case
 * @param side on whose side it was said
 * @param owner whose call it is in Chorus: a full name or a first name, in any case
 * @param need how many of the words a passage must hold
 * @param limit 1 to 200
 * @param cursor {@link SearchResult#nextCursor} of the page before
 */
public record SearchRequest(
        String q,
        Set<CustomerId> customers,
        TimeRange range,
        @Nullable String speaker,
        @Nullable Side side,
        @Nullable CallId call,
        @Nullable String owner,
        Mode mode,
        Need need,
        int limit,
        @Nullable String cursor) {
    static final int MAX_LIMIT = 200;

    /** How many of the words a passage must hold to be found by its words. */
    public enum Need {
        /** Enough to be worth a look: for people, who see the best first. */
        SOME,
        /** So many that it is about all of it: for answers that rest on it. Nothing is found by meaning alone. */
        MOST
    }

    public SearchRequest {
        customers = Set.copyOf(customers);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new Failure.Malformed("The limit is a number from 1 to 200.");
        }
    }
}
