package ai.cscx.chorus.customer;

import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.CallDetails.Match;
import ai.cscx.chorus.call.CallDetails.MatchKind;
import ai.cscx.chorus.call.CallStore.Matchable;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides labelled calls with the real matcher on a real database: {@code MatchingEvaluation calls-dev.jsonl}. The
 * roster is the {@code roster.json} beside the file; what its earlier calls taught is loaded as calls linked by hand; no
 * case teaches another.
 */
final class MatchingEvaluation {
    static final Path DATA = Path.of("src", "test", "resources", "matching");
    private static final ObjectMapper JSON = new ObjectMapper();

    private MatchingEvaluation() {}

    public static void main(String[] arguments) {
        Figures figures = run(DATA.resolve(arguments[0]));
        figures.mistakes().forEach(System.out::println);
        System.out.println(figures);
        System.exit(0);
    }

    /**
     * @param linked how many calls were linked
     * @param rightly how many of them to the right customer
     * @param toLink how many should be
     * @param toGuess how many of the others have a first guess, {@code guessed} of them first among the candidates
     */
    record Figures(int linked, int rightly, int toLink, int toGuess, int guessed, List<String> mistakes) {
        double precision() {
            return linked == 0 ? 1 : (double) rightly / linked;
        }

        double recall() {
            return toLink == 0 ? 1 : (double) rightly / toLink;
        }

        double firstGuess() {
            return toGuess == 0 ? 1 : (double) guessed / toGuess;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "precision %.4f (%d of %d linked), recall %.4f (of %d), first guess %.4f (%d of %d)",
                    precision(),
                    rightly,
                    linked,
                    recall(),
                    toLink,
                    firstGuess(),
                    guessed,
                    toGuess);
        }
    }

    static Figures run(Path cases) {
        JsonNode roster = read(cases.resolveSibling("roster.json"));
        MatchingDomains domains =
                new MatchingDomains(texts(roster.path("ownDomains")), texts(roster.path("partnerDomains")));
        try (MatchingRig rig = new MatchingRig(domains)) {
            Map<CustomerId, String> keys = load(rig, roster);
            int linked = 0;
            int rightly = 0;
            int toLink = 0;
            int toGuess = 0;
            int guessed = 0;
            List<String> mistakes = new ArrayList<>();
            for (JsonNode labelled : lines(cases)) {
                Matcher.Decision decision =
                        rig.database.inTransaction(handle -> rig.matcher.decide(handle, call(labelled)));
                String expected = text(labelled, "expected");
                String found = decision.customer() == null ? null : keys.get(decision.customer());
                List<String> candidates = decision.match().candidates().stream()
                        .map(candidate -> String.valueOf(keys.get(CustomerId.parse(candidate.customerId()))))
                        .toList();
                String guess = text(labelled, "candidate");
                boolean right = expected == null ? found == null : expected.equals(found);
                linked += found == null ? 0 : 1;
                toLink += expected == null ? 0 : 1;
                rightly += found != null && right ? 1 : 0;
                boolean guessedRight = guess == null
                        || (!candidates.isEmpty() && candidates.getFirst().equals(guess));
                toGuess += guess == null ? 0 : 1;
                guessed += guess != null && guessedRight ? 1 : 0;
                if (!right || !guessedRight) {
                    mistakes.add("%s %s: %s instead of %s, candidates %s instead of %s; %s"
                            .formatted(
                                    text(labelled, "id"),
                                    text(labelled, "kind"),
                                    found,
                                    expected,
                                    candidates,
                                    guess,
                                    decision.match().reason()));
                }
            }
            return new Figures(linked, rightly, toLink, toGuess, guessed, List.copyOf(mistakes));
        }
    }

    private static Map<CustomerId, String> load(MatchingRig rig, JsonNode roster) {
        var admin = ai.cscx.chorus.access.People.asker(rig.person("root@cscx.invalid", "Root", Role.ADMIN));
        Map<CustomerId, String> keys = new HashMap<>();
        Map<String, CustomerId> ids = new HashMap<>();
        for (JsonNode customer : roster.path("customers")) {
            CustomerId id = rig.customers
                    .add(
                            admin,
                            new NewCustomer(
                                    String.valueOf(text(customer, "name")),
                                    List.copyOf(texts(customer.path("aliases"))),
                                    List.copyOf(texts(customer.path("domains"))),
                                    text(customer, "crmId"),
                                    null,
                                    null,
                                    null))
                    .id();
            keys.put(id, String.valueOf(text(customer, "key")));
            ids.put(String.valueOf(text(customer, "key")), id);
        }
        int n = 0;
        for (JsonNode known : roster.path("knownAccounts")) {
            teach(rig, "account-" + n++, text(known, "sourceId"), null, ids.get(text(known, "customer")));
        }
        for (JsonNode known : roster.path("knownPeople")) {
            teach(rig, "person-" + n++, null, text(known, "email"), ids.get(text(known, "customer")));
        }
        return keys;
    }

    private static void teach(
            MatchingRig rig,
            String externalId,
            @Nullable String sourceId,
            @Nullable String email,
            @Nullable CustomerId customer) {
        CallId id = rig.save(new MatchingRig.Listed(
                externalId,
                null,
                MatchingRig.NOW,
                null,
                null,
                null,
                sourceId,
                null,
                null,
                email == null ? List.of() : List.of(new Participant(null, email, null, null, Side.EXTERNAL))));
        rig.database.transact(handle ->
                rig.calls.assign(handle, id, customer, new Match(MatchKind.MANUAL, "earlier call", 1.0, List.of())));
    }

    private static Matchable call(JsonNode labelled) {
        List<Participant> participants = new ArrayList<>();
        labelled.path("participants")
                .forEach(person -> participants.add(new Participant(
                        text(person, "name"),
                        text(person, "email"),
                        text(person, "company"),
                        null,
                        Side.valueOf(String.valueOf(text(person, "side")).toUpperCase(Locale.ROOT)))));
        return new Matchable(
                new CallId(UUID.randomUUID()),
                String.valueOf(text(labelled, "id")),
                text(labelled, "title"),
                MatchingRig.NOW,
                text(labelled, "ownerEmail"),
                null,
                text(labelled, "accountCrmId"),
                text(labelled, "accountSourceId"),
                text(labelled, "accountName"),
                null,
                participants);
    }

    private static List<JsonNode> lines(Path file) {
        try {
            List<JsonNode> lines = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                lines.add(JSON.readTree(line));
            }
            return lines;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
