package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.CallDetails.Match;
import ai.cscx.chorus.call.CallStore.Matchable;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Says which customer a call belongs to, unless a person said it ({@link Links}). In this order: the account's id in the CRM · the account,
 * where earlier calls taught whose it is · another recording of the meeting · the people, by their company's domain or by
 * earlier calls · the name of the account or company. Where two customers fit about equally, or one evidence speaks
 * against another, it says none and names them, the likeliest first: no link is better than a wrong one. Thread-safe.
 */
public final class Matcher {
    private final MatchingDomains domains;
    private final AtomicReference<@Nullable MatchRoster> roster = new AtomicReference<>();

    public Matcher(MatchingDomains domains) {
        this.domains = domains;
    }

    /** The customer, or null, and why. */
    public record Decision(@Nullable CustomerId customer, Match match) {}

    /** What the evidence says, whatever a person said. */
    public Decision decide(Handle handle, Matchable call) {
        return Verdict.on(Evidence.gather(handle, roster(handle), call), new Owners(handle, call.ownerEmail()));
    }

    /** The roster as of now; read again when its version counts on. */
    MatchRoster roster(Handle handle) {
        long version = handle.createQuery("SELECT version FROM chorus_roster")
                .mapTo(Long.class)
                .one();
        MatchRoster known = roster.get();
        if (known != null && known.version() == version) {
            return known;
        }
        MatchRoster read = MatchRoster.load(handle, version, domains);
        roster.set(read);
        return read;
    }

    /** Which of some customers the call's owner owns; it orders candidates and never decides. */
    record Owners(Handle handle, @Nullable String ownerEmail) {
        boolean owns(Entry customer) {
            return ownerEmail != null
                    && handle.createQuery("""
                                    SELECT EXISTS (SELECT 1 FROM customers c JOIN chorus_users u ON u.id = c.owner_id
                                                   WHERE c.id = :customer AND u.email = :email)
                                    """)
                            .bind("customer", customer.id().value())
                            .bind("email", ownerEmail)
                            .mapTo(Boolean.class)
                            .one();
        }
    }
}
