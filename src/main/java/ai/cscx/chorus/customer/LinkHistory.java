package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.customer.Evidence.Twin;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What the links of other calls teach. Only links by hand and by CRM id do, except from one recording of a meeting to another. */
final class LinkHistory {
    private final Handle handle;
    private final MatchRoster roster;
    private final CallId call;

    LinkHistory(Handle handle, MatchRoster roster, CallId call) {
        this.handle = handle;
        this.roster = roster;
        this.call = call;
    }

    /**
     * The customers of this account's calls.
     *
     * @param kinds of links that count: by hand, by CRM id
     */
    Set<Entry> ofAccount(String sourceId, String... kinds) {
        // From one customer to the next in the index: an account may have thousands of calls, and has one customer.
        return entries(handle.createQuery("""
                        WITH RECURSIVE found AS (
                            SELECT k.kind, first.customer_id FROM unnest(CAST(:kinds AS text[])) AS k (kind)
                            CROSS JOIN LATERAL (SELECT customer_id FROM chorus_calls
                                WHERE account_source_id = :account AND match_kind = k.kind AND id <> :call
                                  AND customer_id IS NOT NULL AND match_kind IN ('manual', 'crm')
                                ORDER BY customer_id LIMIT 1) first
                            UNION ALL
                            SELECT found.kind, next.customer_id FROM found
                            CROSS JOIN LATERAL (SELECT customer_id FROM chorus_calls
                                WHERE account_source_id = :account AND match_kind = found.kind AND id <> :call
                                  AND customer_id > found.customer_id AND match_kind IN ('manual', 'crm')
                                ORDER BY customer_id LIMIT 1) next
                        )
                        SELECT DISTINCT customer_id FROM found
                        """)
                .bind("kinds", kinds)
                .bind("account", sourceId)
                .bind("call", call.value())
                .mapTo(UUID.class)
                .set());
    }

    /** The customers of the meeting's other recordings, unless those only have it from a recording, too. */
    Set<Twin> ofMeeting(String seriesKey) {
        Map<UUID, Boolean> found = new HashMap<>();
        handle.createQuery("""
                        SELECT customer_id, bool_or(match_kind IN ('manual', 'crm', 'account')) AS surely FROM chorus_calls
                        WHERE series_key = :series AND id <> :call AND customer_id IS NOT NULL AND match_kind <> 'twin'
                        GROUP BY customer_id
                        """)
                .bind("series", seriesKey)
                .bind("call", call.value())
                .map((row, context) -> Map.entry(row.getObject("customer_id", UUID.class), row.getBoolean("surely")))
                .forEach(twin -> found.put(twin.getKey(), twin.getValue()));
        boolean anySure = found.containsValue(true);
        Set<Twin> twins = new LinkedHashSet<>();
        found.forEach((id, surely) -> {
            Entry entry = roster.byId(new CustomerId(id));
            if (entry != null && (surely || !anySure)) {
                twins.add(new Twin(entry, surely));
            }
        });
        return twins;
    }

    /** The customers in whose calls these people were, by e-mail address. */
    Map<String, Set<Entry>> ofPeople(Collection<String> emails) {
        Map<String, Set<UUID>> found = new HashMap<>();
        handle.createQuery("""
                        SELECT DISTINCT p.email, c.customer_id
                        FROM chorus_calls c CROSS JOIN LATERAL unnest(chorus_emails(c.participants)) AS p (email)
                        WHERE chorus_emails(c.participants) && CAST(:emails AS text[]) AND p.email = ANY (:emails)
                          AND c.id <> :call AND c.customer_id IS NOT NULL AND c.match_kind IN ('manual', 'crm')
                        """)
                .bind("emails", emails.toArray(String[]::new))
                .bind("call", call.value())
                .map((row, context) -> Map.entry(row.getString("email"), row.getObject("customer_id", UUID.class)))
                .forEach(seen -> found.computeIfAbsent(seen.getKey(), none -> new LinkedHashSet<>())
                        .add(seen.getValue()));
        return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, seen -> entries(seen.getValue())));
    }

    private Set<Entry> entries(Collection<UUID> ids) {
        Set<Entry> entries = new LinkedHashSet<>();
        for (UUID id : ids) {
            Entry entry = roster.byId(new CustomerId(id));
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries.stream()
                .sorted(Comparator.comparingInt(Entry::rank))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
