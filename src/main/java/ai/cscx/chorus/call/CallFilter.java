package ai.cscx.chorus.call;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.base.UserId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls; null and empty mean "any".
 *
 * @param participant part of a name, or an e-mail address
 * @param owner whose call it is: the Chorus user, or else the owner of the customer
 * @param title part of the title
 * @param externalId exactly this id of Chorus's
 */
public record CallFilter(
        Set<CustomerId> customers,
        TimeRange range,
        @Nullable String participant,
        @Nullable UserId owner,
        @Nullable String title,
        @Nullable Boolean hasOpenActionItems,
        CallContent.@Nullable State state,
        @Nullable String externalId) {
    public static final CallFilter ALL = new CallFilter(Set.of(), TimeRange.ALWAYS, null, null, null, null, null);

    public CallFilter {
        customers = Set.copyOf(customers);
    }

    public CallFilter(
            Set<CustomerId> customers,
            TimeRange range,
            @Nullable String participant,
            @Nullable UserId owner,
            @Nullable String title,
            @Nullable Boolean hasOpenActionItems,
            CallContent.@Nullable State state) {
        this(customers, range, participant, owner, title, hasOpenActionItems, state, null);
    }

    /** The calls of these customers in this range. */
    public static CallFilter of(Set<CustomerId> customers, TimeRange range) {
        return new CallFilter(customers, range, null, null, null, null, null);
    }

    /** The order of a list; equal keys are ordered by id. */
    public enum Sort {
        NEWEST,
        OLDEST,
        LONGEST
    }
}
