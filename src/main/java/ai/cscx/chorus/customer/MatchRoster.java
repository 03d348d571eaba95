package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.CustomerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Everything that matching reads besides the calls, as it was at one version. Immutable. */
final class MatchRoster {
    /** Salesforce writes an id with 15 characters, or with three more that only repeat which of them are capitals. */
    private static final Pattern LONG_CRM_ID = Pattern.compile("[A-Za-z0-9]{15}[A-Z0-5]{3}");

    private static final int SHORT_CRM_ID = 15;

    private final long version;
    private final Map<CustomerId, Entry> byId = new HashMap<>();
    private final Map<String, List<Entry>> byCrmId = new HashMap<>();
    private final Map<String, List<Entry>> byDomain = new HashMap<>();
    private final Set<String> ours;
    private final Set<String> partners;
    private final NameIndex names;

    /**
     * @param ours our own mail domains, free ones left out
     */
    MatchRoster(
            long version,
            Collection<Entry> customers,
            Map<String, CustomerId> learned,
            Set<String> ours,
            Set<String> partners) {
        this.version = version;
        this.ours = Set.copyOf(ours);
        this.partners = Set.copyOf(partners);
        for (Entry customer : customers) {
            byId.put(customer.id(), customer);
            if (customer.crmId() != null) {
                add(byCrmId, crmKey(customer.crmId()), customer);
            }
            customer.domains().forEach(domain -> addDomain(domain, customer));
        }
        learned.forEach((domain, id) -> {
            Entry customer = byId.get(id);
            if (customer != null) {
                addDomain(domain, customer);
            }
        });
        this.names = new NameIndex(customers);
    }

    static MatchRoster load(Handle handle, long version, MatchingDomains domains) {
        List<Entry> customers = handle.createQuery(
                        "SELECT id, name, aliases, domains, crm_id, row_number() OVER (ORDER BY created_at, id) AS place FROM customers ORDER BY place")
                .map((row, context) -> new Entry(
                        new CustomerId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        List.of((String[]) row.getArray("aliases").getArray()),
                        List.of((String[]) row.getArray("domains").getArray()),
                        row.getString("crm_id"),
                        row.getInt("place")))
                .list();
        Map<String, CustomerId> learned = new HashMap<>();
        handle.createQuery("SELECT domain, customer_id FROM chorus_learned_domains")
                .map((row, context) ->
                        Map.entry(row.getString("domain"), new CustomerId(row.getObject("customer_id", UUID.class))))
                .forEach(entry -> learned.put(entry.getKey(), entry.getValue()));
        List<String> colleagues = handle.createQuery(
                        "SELECT DISTINCT split_part(email, '@', 2) FROM chorus_users WHERE role <> 'service' AND NOT disabled")
                .mapTo(String.class)
                .list();
        return new MatchRoster(version, customers, learned, domains.ours(colleagues), domains.partners());
    }

    long version() {
        return version;
    }

    @Nullable
    Entry byId(CustomerId id) {
        return byId.get(id);
    }

    List<Entry> byCrmId(String crmId) {
        return byCrmId.getOrDefault(crmKey(crmId), List.of());
    }

    /** The customers with this domain or, if none has it, the next one above that some have. */
    List<Entry> byDomain(String domain) {
        for (String at : MailDomains.lineage(domain)) {
            List<Entry> found = byDomain.get(at);
            if (found != null) {
                return found;
            }
        }
        return List.of();
    }

    boolean isOurs(String domain) {
        return MailDomains.lineage(domain).stream().anyMatch(ours::contains);
    }

    boolean isPartner(String domain) {
        return MailDomains.lineage(domain).stream().anyMatch(partners::contains);
    }

    NameIndex names() {
        return names;
    }

    private void addDomain(String domain, Entry customer) {
        String plain = MailDomains.plain(domain);
        if (plain != null && !MailDomains.isFree(plain)) {
            add(byDomain, plain, customer);
        }
    }

    private static void add(Map<String, List<Entry>> index, String key, Entry customer) {
        List<Entry> customers = index.computeIfAbsent(key, none -> new ArrayList<>());
        if (!customers.contains(customer)) {
            customers.add(customer);
        }
    }

    private static String crmKey(String crmId) {
        String stripped = crmId.strip();
        return LONG_CRM_ID.matcher(stripped).matches() ? stripped.substring(0, SHORT_CRM_ID) : stripped;
    }
}
