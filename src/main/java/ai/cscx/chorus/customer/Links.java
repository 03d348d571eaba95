package ai.cscx.chorus.customer;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.call.CallDetails.Match;
import ai.cscx.chorus.call.CallDetails.MatchKind;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.store.Database;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Linking calls to customers, by evidence and by hand. A link that teaches, by CRM id or by hand, asks for the calls that
 * it says something about to be decided again; {@link Relinking} does it. Thread-safe.
 */
public final class Links {
    private final Database database;
    private final Matcher matcher;
    private final CallStore calls;
    private final AfterLink afterLink;
    private final Clock clock;

    public Links(Database database, Matcher matcher, CallStore calls, AfterLink afterLink, Clock clock) {
        this.database = database;
        this.matcher = matcher;
        this.calls = calls;
        this.afterLink = afterLink;
        this.clock = clock;
    }

    /** What a link by hand teaches besides the account and the people. */
    public sealed interface Teaching {
        /** No domain. */
        record Nothing() implements Teaching {}

        /** The one domain of the people in the call that could be the customer's. */
        record TheDomain() implements Teaching {}

        /** This one of the people's domains. */
        record Domain(String domain) implements Teaching {}
    }

    /**
     * Decides a call by the evidence, in the caller's transaction. What a person linked stays; again changes nothing.
     *
     * @return whether it went to another customer
     */
    public boolean match(Handle handle, CallId id) {
        Optional<Link> before = lock(handle, id, "TRUE", new HashMap<>());
        Optional<CallStore.Matchable> call = before.isEmpty() ? Optional.empty() : calls.matchable(handle, id);
        if (before.isEmpty() || call.isEmpty() || before.get().kind() == MatchKind.MANUAL) {
            return false;
        }
        Matcher.Decision decision = matcher.decide(handle, call.get());
        calls.assign(handle, id, decision.customer(), decision.match());
        Link after = new Link(decision.customer(), decision.match().kind());
        if (!after.equals(before.get()) && (after.teaches() || before.get().teaches())) {
            teach(handle, id, before.get().teaches());
        }
        return after.movedFrom(before.get());
    }

    /** Decides a call again, and lets what follows happen if that changed its customer. */
    boolean matchAgain(Handle handle, CallId id) {
        boolean moved = match(handle, id);
        if (moved) {
            afterLink.changed(handle, id);
        }
        return moved;
    }

    /**
     * Links a call by hand: to a customer, or for admins to nobody. It stays, and teaches the call's account and people.
     *
     * @throws Failure.NotFound if there is no such call, or the asker may not see it
     * @throws Failure.Forbidden if somebody who is no admin takes it from all customers
     * @throws Failure.Rejected if there is no such customer, or the asker may not see it; or no domain can be learned
     */
    public void link(Asker asker, CallId id, @Nullable CustomerId customer, Teaching teaching) {
        database.transact(handle -> {
            Portfolio.Condition visible = Portfolio.condition(asker, "customer_id");
            Link before = lock(handle, id, visible.sql(), new HashMap<>(visible.arguments()))
                    .orElseThrow(() -> new Failure.NotFound("There is no call with this id."));
            if (customer == null && asker.role() != Role.ADMIN) {
                throw new Failure.Forbidden("Only an admin may take a call from all customers; ask one.");
            }
            if (customer != null && !Portfolio.sees(handle, asker, customer)) {
                throw rejected("/customerId", "is no customer; see GET /api/customers");
            }
            calls.assign(handle, id, customer, new Match(MatchKind.MANUAL, said(customer), 1.0, List.of()));
            handle.createUpdate("UPDATE chorus_calls SET linked_by = :by, linked_at = :at WHERE id = :id")
                    .bind("id", id.value())
                    .bind("by", asker.id().value())
                    .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .execute();
            String domain = domain(handle, id, customer, teaching);
            if (domain != null && customer != null) {
                learn(handle, asker, domain, customer);
            }
            teach(handle, id, true);
            if (new Link(customer, MatchKind.MANUAL).movedFrom(before)) {
                afterLink.changed(handle, id);
            }
        });
    }

    private static String said(@Nullable CustomerId customer) {
        return customer == null ? "a person said that it is no customer's" : "a person linked it";
    }

    /** The link of a call, locked until the transaction ends. */
    private static Optional<Link> lock(Handle handle, CallId id, String condition, HashMap<String, Object> arguments) {
        return handle.createQuery("SELECT customer_id, match_kind FROM chorus_calls WHERE id = :id AND " + condition
                        + " FOR UPDATE")
                .bindMap(arguments)
                .bind("id", id.value())
                .map((row, context) -> {
                    UUID customer = row.getObject("customer_id", UUID.class);
                    String kind = row.getString("match_kind");
                    return new Link(
                            customer == null ? null : new CustomerId(customer),
                            kind == null ? null : MatchKind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)));
                })
                .findOne();
    }

    private record Link(
            @Nullable CustomerId customer, @Nullable MatchKind kind) {
        boolean teaches() {
            return kind == MatchKind.CRM || kind == MatchKind.MANUAL;
        }

        boolean movedFrom(Link before) {
            return customer == null ? before.customer != null : !customer.equals(before.customer);
        }
    }

    private @Nullable String domain(Handle handle, CallId id, @Nullable CustomerId customer, Teaching teaching) {
        return switch (teaching) {
            case Teaching.Nothing nothing -> null;
            case Teaching.TheDomain one -> {
                Set<String> teachable = teachable(handle, id, customer);
                if (teachable.size() > 1) {
                    throw rejected("/learnDomain", "is one of " + String.join(", ", teachable) + "; name it");
                }
                // Nothing to learn is no mistake: the customer may have the domain already.
                yield teachable.isEmpty() ? null : teachable.iterator().next();
            }
            case Teaching.Domain named -> {
                String domain = MailDomains.plain(named.domain());
                Set<String> teachable = teachable(handle, id, customer);
                if (domain == null || !teachable.contains(domain)) {
                    throw rejected(
                            "/learnDomain",
                            "is a domain of somebody in the call that no customer has, and neither free-mail, a partner's nor ours");
                }
                yield domain;
            }
        };
    }

    private Set<String> teachable(Handle handle, CallId id, @Nullable CustomerId customer) {
        MatchRoster roster = matcher.roster(handle);
        Set<String> domains = new TreeSet<>();
        if (customer == null) {
            return domains;
        }
        calls.matchable(handle, id)
                .ifPresent(call -> call.participants().forEach(person -> {
                    String domain = MailDomains.of(person.email());
                    if (domain != null
                            && person.side() != Side.INTERNAL
                            && !MailDomains.lineage(domain).isEmpty()
                            && !MailDomains.isFree(domain)
                            && !roster.isOurs(domain)
                            && !roster.isPartner(domain)
                            && roster.byDomain(domain).isEmpty()) {
                        domains.add(domain);
                    }
                }));
        return domains;
    }

    private void learn(Handle handle, Asker asker, String domain, CustomerId customer) {
        handle.createUpdate("""
                        INSERT INTO chorus_learned_domains (domain, customer_id, learned_by, learned_at)
                        VALUES (:domain, :customer, :by, :at)
                        ON CONFLICT (domain) DO UPDATE SET customer_id = excluded.customer_id, learned_by = excluded.learned_by,
                            learned_at = excluded.learned_at
                        """)
                .bind("domain", domain)
                .bind("customer", customer.value())
                .bind("by", asker.id().value())
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    private static void teach(Handle handle, CallId id, boolean moved) {
        handle.createUpdate("INSERT INTO chorus_relinks (call_id, moved) VALUES (:id, :moved)")
                .bind("id", id.value())
                .bind("moved", moved)
                .execute();
    }

    private static Failure.Rejected rejected(String pointer, String detail) {
        return new Failure.Rejected("The call cannot be linked.", List.of(new Problem(pointer, detail)));
    }
}
