package ai.cscx.chorus.call;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call as the search index knows it.
 *
 * @param customer whose call it is; without one only those who see everything find it
 * @param url page of the recording in Chorus
 * @param version of the call's row, for the person who compares index and database
 */
public record IndexedCall(
        CallId id,
        String externalId,
        @Nullable String title,
        @Nullable String summary,
        @Nullable Whose customer,
        @Nullable String ownerName,
        Instant startedAt,
        @Nullable String language,
        @Nullable String url,
        long version,
        Transcript transcript) {

    /**
     * The customer of a call.
     *
     * @param number the customer's in the database, small enough for sets of thousands of them
     */
    public record Whose(CustomerId id, int number, String name) {}
}
