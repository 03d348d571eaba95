package ai.cscx.chorus.alert;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.SavedSearchId;
import ai.cscx.chorus.call.Side;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A search that somebody keeps.
 *
 * @param customer only its calls; null = all that its owner may see
 * @param alert whether new matches are told
 */
public record SavedSearch(
        SavedSearchId id,
        String name,
        String q,
        @Nullable CustomerId customer,
        @Nullable String speaker,
        @Nullable Side side,
        boolean alert,
        Instant createdAt) {}
