package ai.cscx.chorus.customer;

import ai.cscx.chorus.call.CallStore.Matchable;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.customer.NameIndex.Alike;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * All that speaks for some customer in one call.
 *
 * @param crm have the account's CRM id
 * @param account had calls of this account, linked by hand or, where there is no CRM id, by one
 * @param twins have another recording of the same meeting
 * @param people one for each person whose customer is known
 * @param accountNamed by the name of the account, best first
 * @param companyNamed by the name that the people give as their company's, best first
 * @param hints that words of the call name, or where somebody who is seen at several was seen; they never decide
 */
record Evidence(
        Set<Entry> crm,
        Set<Entry> account,
        Set<Twin> twins,
        List<Placed> people,
        List<Alike> accountNamed,
        List<Alike> companyNamed,
        Map<Entry, Alike> hints) {

    private static final double SEEN_AT_SEVERAL = 0.5;
    private static final String NO_ID = "0";

    /** Another recording of the meeting, and whether something better than people or a name linked it. */
    record Twin(Entry customer, boolean surely) {}

    /**
     * Somebody whose customer is known.
     *
     * @param customers several where they share the domain
     * @param domain null if only earlier calls tell
     */
    record Placed(Set<Entry> customers, @Nullable String domain) {}

    static Evidence gather(Handle handle, MatchRoster roster, Matchable call) {
        LinkHistory history = new LinkHistory(handle, roster, call.id());
        String crmId = id(call.accountCrmId());
        String sourceId = id(call.accountSourceId());
        Set<Entry> crm = crmId == null ? Set.of() : new LinkedHashSet<>(roster.byCrmId(crmId));
        Set<Entry> account = new LinkedHashSet<>();
        if (sourceId != null) {
            // The CRM's own word of today counts for more than what it said of the account once.
            account.addAll(
                    crm.isEmpty()
                            ? history.ofAccount(sourceId, "manual", "crm")
                            : history.ofAccount(sourceId, "manual"));
            if (!account.isEmpty() && !crm.isEmpty()) {
                account.addAll(history.ofAccount(sourceId, "crm"));
            }
        }
        Set<Twin> twins = call.seriesKey() == null ? Set.of() : history.ofMeeting(call.seriesKey());
        Map<Entry, Alike> hints = new LinkedHashMap<>();
        String accountName = accountName(call, sourceId);
        return new Evidence(
                crm,
                account,
                twins,
                people(roster, history, call.participants(), hints),
                accountName == null ? List.of() : roster.names().find(accountName),
                byCompany(roster, call.participants()),
                withWords(roster, call, hints));
    }

    private static @Nullable String id(@Nullable String id) {
        return id == null || id.isBlank() || id.equals(NO_ID) ? null : id;
    }

    /** Without a CRM account Chorus makes one up, named after the user: "Dana Whitfield Meetings". */
    private static @Nullable String accountName(Matchable call, @Nullable String sourceId) {
        String name = call.accountName();
        if (name == null || name.isBlank()) {
            return null;
        }
        String plain = name.strip().toLowerCase(Locale.ROOT);
        if (!plain.endsWith(" meetings")) {
            return name;
        }
        String user = plain.substring(0, plain.length() - " meetings".length()).strip();
        boolean standIn = sourceId == null
                || user.equals(String.valueOf(call.ownerName()).toLowerCase(Locale.ROOT))
                || call.participants().stream()
                        .filter(person -> person.side() != Side.EXTERNAL)
                        .map(Participant::name)
                        .filter(Objects::nonNull)
                        .anyMatch(person -> person.toLowerCase(Locale.ROOT).equals(user));
        return standIn ? null : name;
    }

    private static List<Placed> people(
            MatchRoster roster, LinkHistory history, Collection<Participant> participants, Map<Entry, Alike> hints) {
        List<Placed> placed = new ArrayList<>();
        Map<String, Set<Entry>> unsure = new LinkedHashMap<>();
        for (Participant person : participants) {
            String domain = MailDomains.of(person.email());
            if (domain == null || person.email() == null || roster.isOurs(domain)) {
                continue;
            }
            boolean companys = !MailDomains.isFree(domain) && !roster.isPartner(domain);
            Set<Entry> owners = companys ? new LinkedHashSet<>(roster.byDomain(domain)) : Set.of();
            if (owners.size() == 1) {
                // Whatever side Chorus puts them on, and in whoever's calls they were.
                placed.add(new Placed(owners, domain));
            } else if (!owners.isEmpty() || person.side() != Side.INTERNAL) {
                unsure.put(person.email(), owners);
                if (owners.isEmpty() && companys) {
                    roster.names().likeDomain(domain).forEach(alike -> hint(hints, alike));
                }
            }
        }
        Map<String, Set<Entry>> known = unsure.isEmpty() ? Map.of() : history.ofPeople(unsure.keySet());
        unsure.forEach((email, owners) -> {
            Set<Entry> seenAt = known.getOrDefault(email, Set.of());
            if (seenAt.size() == 1 && (owners.isEmpty() || owners.containsAll(seenAt))) {
                placed.add(new Placed(seenAt, null));
            } else if (!owners.isEmpty()) {
                placed.add(new Placed(owners, MailDomains.of(email)));
            } else {
                seenAt.forEach(entry -> hint(
                        hints,
                        new Alike(entry, SEEN_AT_SEVERAL, "somebody in the call was in calls of it and of others")));
            }
        });
        return placed;
    }

    private static List<Alike> byCompany(MatchRoster roster, Collection<Participant> participants) {
        Map<Entry, Alike> best = new LinkedHashMap<>();
        participants.stream()
                .filter(person -> isOutside(roster, person))
                .map(Participant::company)
                .filter(Objects::nonNull)
                .distinct()
                .flatMap(company -> roster.names().find(company).stream())
                .forEach(alike -> best.merge(
                        alike.customer(), alike, (one, other) -> one.score() >= other.score() ? one : other));
        return best.values().stream()
                .sorted((one, other) -> Double.compare(other.score(), one.score()))
                .toList();
    }

    /** Titles, shown names and mailboxes are typed by anybody. */
    private static Map<Entry, Alike> withWords(MatchRoster roster, Matchable call, Map<Entry, Alike> hints) {
        List<String> texts = new ArrayList<>();
        add(texts, call.title());
        call.participants().stream().filter(person -> isOutside(roster, person)).forEach(person -> {
            add(texts, person.name());
            add(texts, mailbox(person.email()));
        });
        texts.forEach(text -> roster.names().mentioned(text).forEach(alike -> hint(hints, alike)));
        return hints;
    }

    private static void add(List<String> texts, @Nullable String text) {
        if (text != null) {
            texts.add(text);
        }
    }

    private static @Nullable String mailbox(@Nullable String email) {
        return email == null ? null : email.replaceFirst("@.*", "");
    }

    private static boolean isOutside(MatchRoster roster, Participant person) {
        String domain = MailDomains.of(person.email());
        return person.side() != Side.INTERNAL
                && (domain == null || (!roster.isOurs(domain) && !roster.isPartner(domain)));
    }

    private static void hint(Map<Entry, Alike> hints, Alike alike) {
        hints.merge(alike.customer(), alike, (one, other) -> one.score() >= other.score() ? one : other);
    }
}
