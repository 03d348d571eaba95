package ai.cscx.chorus.signal;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.Call.CustomerRef;
import ai.cscx.chorus.signal.InsightDraft.Extent;
import ai.cscx.chorus.signal.PromiseReader.Counts;
import ai.cscx.chorus.signal.PromiseReader.Item;
import ai.cscx.chorus.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the calls of customers say, for those who may see them. Thread-safe. */
public final class Insights {
    static final String NO_CUSTOMER = "There is no customer with this id.";
    private static final String ORDERING = "insights";

    private final Database database;
    private final Clock clock;

    public Insights(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Of one customer's calls in the range.
     *
     * @throws Failure.NotFound if there is no such customer, or the asker may not see it
     */
    public CustomerInsights of(Asker asker, CustomerId id, TimeRange range) {
        return database.read(handle -> {
            CustomerRef customer = customer(handle, asker, id);
            Extent extent = Extent.whole(now(range), asker.zone());
            return insights(handle, List.of(customer), range, extent).getFirst();
        });
    }

    /** Of every customer that the asker may see, by name, page by page; of each a part that fits beside others. */
    public Page<CustomerInsights> list(Asker asker, TimeRange range, @Nullable String cursor, int limit) {
        Cursor after = cursor == null ? null : Cursor.decode(cursor, ORDERING, 2);
        return database.read(handle -> {
            List<CustomerRef> customers = customers(handle, asker, after, limit + 1);
            Page<CustomerRef> page = Page.of(
                    customers,
                    limit,
                    last -> new Cursor(ORDERING, List.of(last.name(), last.id().toString())));
            Extent extent = Extent.brief(now(range), asker.zone());
            return new Page<>(insights(handle, page.items(), range, extent), page.nextCursor());
        });
    }

    private Instant now(TimeRange range) {
        Instant now = clock.instant();
        Instant until = range.until();
        return until != null && until.isBefore(now) ? until.minusMillis(1) : now;
    }

    private List<CustomerInsights> insights(
            Handle handle, List<CustomerRef> customers, TimeRange range, Extent extent) {
        Categories categories = Categories.load(handle);
        Map<String, String> names = Trends.names(handle);
        List<UUID> ids =
                customers.stream().map(customer -> customer.id().value()).toList();
        Map<UUID, List<CallFacts>> facts = FactReader.ofCustomers(handle, ids, range);
        ZoneId zone = extent.zone();
        Map<UUID, Counts> promises =
                PromiseReader.counts(handle, ids, range, LocalDate.ofInstant(clock.instant(), zone), zone);
        List<InsightDraft> drafts = customers.stream()
                .map(customer -> new InsightDraft(
                        customer, facts.getOrDefault(customer.id().value(), List.of()), categories, extent))
                .toList();
        Set<CallId> wanted = new LinkedHashSet<>();
        drafts.forEach(draft -> wanted.addAll(draft.wanted()));
        QuoteReader words = QuoteReader.of(handle, wanted);
        List<CallId> stepping = drafts.stream()
                .flatMap(draft -> draft.wantedForSteps().stream())
                .toList();
        Set<Item> settled = PromiseReader.settled(handle, stepping);
        return drafts.stream()
                .map(draft -> draft.with(
                        words,
                        settled,
                        names,
                        promises.getOrDefault(draft.customer().id().value(), Counts.NONE)))
                .toList();
    }

    /** The customer, if the asker may see it. */
    static CustomerRef customer(Handle handle, Asker asker, CustomerId id) {
        Portfolio.Condition visible = Portfolio.condition(asker, "id");
        return handle.createQuery("SELECT name FROM customers WHERE id = :customer AND " + visible.sql())
                .bindMap(new HashMap<>(visible.arguments()))
                .bind("customer", id.value())
                .mapTo(String.class)
                .findOne()
                .map(name -> new CustomerRef(id, name))
                .orElseThrow(() -> new Failure.NotFound(NO_CUSTOMER));
    }

    private static List<CustomerRef> customers(Handle handle, Asker asker, @Nullable Cursor after, int most) {
        Portfolio.Condition visible = Portfolio.condition(asker, "id");
        var query = handle.createQuery("SELECT id, name FROM customers WHERE " + visible.sql()
                        + (after == null ? "" : " AND (name, id) > (:afterName, :afterId)")
                        + " ORDER BY name, id LIMIT :most")
                .bindMap(new HashMap<>(visible.arguments()))
                .bind("most", most);
        if (after != null) {
            query.bind("afterName", after.keys().getFirst()).bind("afterId", after.uuid(1));
        }
        return query.map((row, context) ->
                        new CustomerRef(new CustomerId(row.getObject("id", UUID.class)), row.getString("name")))
                .list();
    }
}
