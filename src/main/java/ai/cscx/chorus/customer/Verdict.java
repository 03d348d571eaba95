package ai.cscx.chorus.customer;

import ai.cscx.chorus.call.CallDetails.Candidate;
import ai.cscx.chorus.call.CallDetails.Match;
import ai.cscx.chorus.call.CallDetails.MatchKind;
import ai.cscx.chorus.customer.Evidence.Placed;
import ai.cscx.chorus.customer.Evidence.Twin;
import ai.cscx.chorus.customer.Matcher.Decision;
import ai.cscx.chorus.customer.Matcher.Owners;
import ai.cscx.chorus.customer.NameIndex.Alike;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Weighs the evidence for one call: whatever says something clearly must agree with all else that does. Only what
 * earlier calls taught of people gives way to the CRM and the account: people are met at two customers.
 */
final class Verdict {
    /** A name at least this like the customer's says something clearly, if no other customer's is nearly as like. */
    private static final double CLEAR = 0.86;

    private static final double NAME_MARGIN = 0.1;
    private static final double NARROWED = 0.9;
    private static final int MOST_CANDIDATES = 5;

    private final Evidence evidence;
    private final Owners owners;

    private Verdict(Evidence evidence, Owners owners) {
        this.evidence = evidence;
        this.owners = owners;
    }

    static Decision on(Evidence evidence, Owners owners) {
        return new Verdict(evidence, owners).decision();
    }

    /**
     * One clear evidence and the customers that fit it.
     *
     * @param because a whole clause
     */
    private record Claim(MatchKind kind, Set<Entry> customers, double confidence, String because) {}

    private Decision decision() {
        List<Claim> claims = claims();
        if (claims.isEmpty()) {
            return queued(
                    evidence.accountNamed().isEmpty() && evidence.companyNamed().isEmpty()
                            ? "nothing in the call says surely which customer it is with"
                            : "names are alike, but not enough to be sure");
        }
        Claim first = claims.getFirst();
        Claim deciding = first;
        Set<Entry> fitting = first.customers();
        for (Claim next : claims.subList(1, claims.size())) {
            Set<Entry> both = new LinkedHashSet<>(fitting);
            both.retainAll(next.customers());
            if (both.isEmpty()) {
                return queued(first.because() + ", but " + next.because());
            }
            if (both.size() < fitting.size()) {
                deciding = next;
            }
            fitting = both;
        }
        if (fitting.size() > 1) {
            return queued("several customers fit: " + first.because());
        }
        Entry customer = fitting.iterator().next();
        double confidence = deciding == first ? first.confidence() : deciding.confidence() * NARROWED;
        return new Decision(
                customer.id(),
                new Match(
                        deciding.kind(),
                        deciding == first ? first.because() : first.because() + ", and " + deciding.because(),
                        rounded(confidence),
                        candidates()));
    }

    /** The strongest first; what fits nobody is left out. */
    private List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        add(claims, MatchKind.CRM, evidence.crm(), 1.0, "the account's CRM id is the customer's");
        add(claims, MatchKind.ACCOUNT, evidence.account(), 0.97, "other calls of the account are the customer's");
        boolean taughtPeopleCount = claims.isEmpty();
        add(claims, MatchKind.TWIN, twins(true), 0.96, "another recording of the meeting is the customer's");
        for (Placed person : evidence.people()) {
            if (person.domain() != null) {
                String because = "somebody with an address at " + person.domain() + " took part";
                add(claims, MatchKind.DOMAIN, person.customers(), 0.95, because);
            } else if (taughtPeopleCount) {
                add(
                        claims,
                        MatchKind.PERSON,
                        person.customers(),
                        0.93,
                        "somebody from earlier calls with it took part");
            }
        }
        add(claims, MatchKind.TWIN, twins(false), 0.9, "another recording of the meeting is the customer's");
        name(claims, evidence.accountNamed(), "the account's name: ");
        name(claims, evidence.companyNamed(), "the people's company: ");
        return claims;
    }

    private static void name(List<Claim> claims, List<Alike> alike, String whose) {
        if (alike.isEmpty() || alike.getFirst().score() < CLEAR) {
            return;
        }
        Alike best = alike.getFirst();
        boolean same = best.score() == NameIndex.SAME;
        Set<Entry> near = alike.stream()
                .filter(one -> same ? one.score() == NameIndex.SAME : one.score() > best.score() - NAME_MARGIN)
                .map(Alike::customer)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        add(claims, MatchKind.NAME, near, best.score() * NARROWED, whose + best.why());
    }

    private Set<Entry> twins(boolean surely) {
        return evidence.twins().stream()
                .filter(twin -> twin.surely() == surely)
                .map(Twin::customer)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void add(
            List<Claim> claims, MatchKind kind, Collection<Entry> customers, double confidence, String because) {
        if (!customers.isEmpty()) {
            claims.add(new Claim(kind, new LinkedHashSet<>(customers), confidence, because));
        }
    }

    private Decision queued(String reason) {
        return new Decision(null, new Match(null, reason, null, candidates()));
    }

    /** Everybody whom something speaks for: by the strongest thing that does, then by all of it. */
    private List<Candidate> candidates() {
        Map<Entry, Weighed> all = new LinkedHashMap<>();
        evidence.crm().forEach(entry -> weigh(all, entry, 0, 0.9, "has the account's CRM id"));
        evidence.account().forEach(entry -> weigh(all, entry, 1, 0.8, "other calls of the account are its"));
        evidence.twins()
                .forEach(twin -> weigh(all, twin.customer(), 2, 0.8, "another recording of the meeting is its"));
        for (Placed person : evidence.people()) {
            double share = 0.7 / person.customers().size();
            for (Entry entry : person.customers()) {
                if (person.domain() == null) {
                    weigh(all, entry, 3, 0.7, "somebody from earlier calls with it took part");
                } else {
                    // Where several share it, it says no more than a name.
                    int rank = person.customers().size() == 1 ? 4 : 5;
                    weigh(all, entry, rank, share, "somebody with an address at " + person.domain() + " took part");
                }
            }
        }
        evidence.accountNamed().forEach(alike -> weighName(all, alike, 0.7));
        evidence.companyNamed().forEach(alike -> weighName(all, alike, 0.65));
        evidence.hints().values().forEach(alike -> weigh(all, alike.customer(), 6, 0.5 * alike.score(), alike.why()));
        List<Weighed> likeliest = all.values().stream()
                .sorted(Weighed.LIKELIEST)
                .limit(2L * MOST_CANDIDATES)
                .toList();
        return likeliest.stream()
                .map(one -> likeliest.size() > 1 && owners.owns(one.customer())
                        ? one.and(one.rank(), 0.15, "the call's owner owns it")
                        : one)
                .sorted(Weighed.LIKELIEST)
                .limit(MOST_CANDIDATES)
                .map(one -> new Candidate(
                        one.customer().id().toString(), one.customer().name(), one.why(), rounded(one.confidence())))
                .toList();
    }

    private static void weighName(Map<Entry, Weighed> all, Alike alike, double most) {
        weigh(all, alike.customer(), alike.score() >= CLEAR ? 5 : 6, most * alike.score(), alike.why());
    }

    private static void weigh(Map<Entry, Weighed> all, Entry customer, int rank, double confidence, String why) {
        Weighed known = all.get(customer);
        all.put(
                customer,
                known == null ? new Weighed(customer, rank, confidence, why) : known.and(rank, confidence, why));
    }

    /**
     * How much speaks for a customer; evidence adds up as independent chances do.
     *
     * @param rank of the strongest, 0 is best
     */
    private record Weighed(Entry customer, int rank, double confidence, String why) {
        /** Of equals the first: people are in the order in which Chorus lists them. */
        static final Comparator<Weighed> LIKELIEST = Comparator.comparingInt(Weighed::rank)
                .thenComparing(Comparator.comparingDouble(Weighed::confidence).reversed());

        Weighed and(int another, double more, String reason) {
            return new Weighed(
                    customer,
                    Math.min(rank, another),
                    1 - (1 - confidence) * (1 - more),
                    why.contains(reason) ? why : why + "; " + reason);
        }
    }

    private static @Nullable Double rounded(double confidence) {
        return Math.round(confidence * 100) / 100.0;
    }
}
