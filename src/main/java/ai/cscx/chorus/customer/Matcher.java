package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.CallDetails.Candidate;
import ai.cscx.chorus.call.CallDetails.Match;
import ai.cscx.chorus.call.CallStore.Matchable;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Says which customer a call belongs to: by the account's id in the CRM, else by the e-mail domains of the people who
 * are not ours. Where two customers fit equally it says none and names both: no link is better than a wrong one.
 */
public final class Matcher {
    private static final double BY_CRM_ID = 1.0;
    private static final double BY_DOMAIN = 0.95;

    /** The customer, or null, and why. */
    public record Decision(@Nullable CustomerId customer, Match match) {}

    public Decision decide(Handle handle, Matchable call) {
        if (call.accountCrmId() != null) {
            List<Found> byCrm = handle.createQuery(
                            "SELECT id, name, '' AS domain FROM customers WHERE crm_id = :crmId ORDER BY name")
                    .bind("crmId", call.accountCrmId())
                    .map((row, context) -> new Found(row.getObject("id", UUID.class), row.getString("name"), ""))
                    .list();
            if (byCrm.size() == 1) {
                return sure(byCrm.getFirst(), "the account's CRM id is this customer's", BY_CRM_ID);
            }
            if (byCrm.size() > 1) {
                return unsure(byCrm, "several customers have the account's CRM id", "has the account's CRM id");
            }
        }
        String[] domains = domains(call.participants());
        List<Found> byDomain = handle.createQuery("""
                        SELECT c.id, c.name, d.domain FROM unnest(CAST(:domains AS text[])) AS d (domain)
                        JOIN customers c ON c.domains @> ARRAY[d.domain] ORDER BY c.name
                        """)
                .bind("domains", domains)
                .map((row, context) ->
                        new Found(row.getObject("id", UUID.class), row.getString("name"), row.getString("domain")))
                .list();
        Map<UUID, Found> distinct = new LinkedHashMap<>();
        byDomain.forEach(found -> distinct.putIfAbsent(found.id(), found));
        if (distinct.isEmpty()) {
            String reason = domains.length == 0
                    ? "nobody from outside with an e-mail address took part, and no CRM id is known"
                    : "no customer has the CRM id or an e-mail domain of the people in the call";
            return new Decision(null, new Match(reason, null, List.of()));
        }
        if (distinct.size() == 1) {
            Found found = distinct.values().iterator().next();
            return sure(found, "people with an address at " + found.domain() + " took part", BY_DOMAIN);
        }
        return unsure(
                List.copyOf(distinct.values()),
                "people of several customers took part",
                "people with an address there took part");
    }

    /** Domains, and the domains above them down to two labels, of everybody who is not known to be ours. */
    private static String[] domains(List<Participant> participants) {
        List<String> domains = new ArrayList<>();
        for (Participant participant : participants) {
            String email = participant.email();
            if (email == null || participant.side() == Side.INTERNAL || !email.contains("@")) {
                continue;
            }
            String domain = email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
            while (domain.contains(".")) {
                if (!domains.contains(domain)) {
                    domains.add(domain);
                }
                domain = domain.substring(domain.indexOf('.') + 1);
            }
        }
        return domains.toArray(String[]::new);
    }

    private static Decision sure(Found found, String reason, double confidence) {
        return new Decision(new CustomerId(found.id()), new Match(reason, confidence, List.of()));
    }

    private static Decision unsure(List<Found> found, String reason, String why) {
        return new Decision(
                null,
                new Match(
                        reason,
                        null,
                        found.stream()
                                .map(one -> new Candidate(one.id().toString(), one.name(), why))
                                .toList()));
    }

    private record Found(UUID id, String name, String domain) {}
}
