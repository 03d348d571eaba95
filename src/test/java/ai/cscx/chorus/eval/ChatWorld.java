package ai.cscx.chorus.eval;

import static ai.cscx.chorus.eval.SearchEvaluation.print;

import ai.cscx.chorus.bench.Product;
import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.simulator.Roster;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The roster's customers, people and made-up calls in a running product. Everybody sees every customer: whoever is no
 * admin leads, without a team.
 */
final class ChatWorld implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "evaluation-chorus-key";
    private static final long SEED = 194;
    private static final long PAUSE_MILLIS = 200;

    private final Product product;
    private final Roster roster = Roster.load();
    private final Map<String, String> tokens = new HashMap<>();
    private @Nullable ChorusSimulator chorus;

    ChatWorld(Product product) {
        this.product = product;
    }

    /** @param now the moment up to which there are calls */
    void fill(int calls, Instant now) throws Exception {
        for (Roster.TeamMember member : roster.team()) {
            boolean admin = member.role().toLowerCase(Locale.ROOT).startsWith("admin");
            ObjectNode person = JSON.createObjectNode()
                    .put("email", member.email())
                    .put("name", member.name())
                    .put("role", admin ? "admin" : "leader");
            String id = product.post("/api/users", person.toString()).get("id").asText();
            JsonNode token = product.post("/api/users/" + id + "/tokens", "{\"name\": \"evaluation\"}");
            tokens.put(member.name(), token.get("token").asText());
        }
        JsonNode imported = product.post("/api/customers/import", "text/csv", customers());
        if (imported.get("created").asInt() != roster.customers().size()) {
            throw new IllegalStateException("Not all customers were imported: " + imported);
        }
        sync(calls, now);
    }

    private void sync(int calls, Instant now) throws Exception {
        long begin = System.nanoTime();
        ChorusSimulator simulator = new ChorusSimulator(new ChorusSimulator.Settings(calls, SEED, now, 0, KEY));
        chorus = simulator;
        simulator.start();
        String path = "/api/chorus/sync/" + product.connect(simulator.baseUri(), KEY);
        JsonNode status = product.get(path);
        while (!status.hasNonNull("finishedAt")) {
            Thread.sleep(PAUSE_MILLIS);
            status = product.get(path);
        }
        print(
                "%d customers, %d people, %d of %d calls (%s after %.0f s)",
                roster.customers().size(),
                roster.team().size(),
                status.get("stored").asLong(),
                calls,
                status.get("state").asText(),
                (System.nanoTime() - begin) / 1e9);
    }

    private String customers() {
        Map<String, String> addresses = new HashMap<>();
        roster.team().forEach(member -> addresses.put(member.name(), member.email()));
        StringBuilder csv = new StringBuilder("name,aliases,domains,crm_id,owner_email,segment,renewal_date\n");
        for (Roster.Account account : roster.customers()) {
            csv.append("\"%s\",\"%s\",%s,%s,%s,%s,%s%n"
                    .formatted(
                            account.name(),
                            String.join(";", account.aliases()),
                            String.join(";", account.domains()),
                            account.crmId(),
                            addresses.get(account.owner()),
                            account.segment(),
                            account.renewalDate()));
        }
        return csv.toString();
    }

    /** A message a customer, different from any in the sets, so that no figure is that of a process just started. */
    void warmUp() throws Exception {
        for (Roster.Account account : roster.customers()) {
            ask(anybody(), "Show Chorus calls for " + account.name(), null);
            ask(anybody(), "What action items from " + account.name() + " calls?", null);
        }
    }

    /**
     * What came back.
     *
     * @param answer empty if the request failed
     * @param millis from sending to having all of it
     * @param failure null if there is an answer
     */
    record Reply(JsonNode answer, double millis, @Nullable String failure) {
        /** The conversation to go on with. */
        @Nullable
        String conversation() {
            return answer.hasNonNull("conversationId")
                    ? answer.get("conversationId").asText()
                    : null;
        }
    }

    /**
     * @param conversation null for a new one
     * @throws IllegalArgumentException if the roster has no such asker
     */
    Reply ask(String asker, String message, @Nullable String conversation) throws Exception {
        String token = tokens.get(asker);
        if (token == null) {
            throw new IllegalArgumentException("The roster has nobody of this name to ask as: " + asker);
        }
        ObjectNode body = JSON.createObjectNode().put("message", message);
        if (conversation != null) {
            body.put("conversationId", conversation);
        }
        long begin = System.nanoTime();
        try {
            JsonNode answer = product.postAs(token, "/api/chat", body.toString());
            return new Reply(answer, (System.nanoTime() - begin) / 1e6, null);
        } catch (IllegalStateException failed) {
            return new Reply(
                    JSON.createObjectNode(), (System.nanoTime() - begin) / 1e6, String.valueOf(failed.getMessage()));
        }
    }

    /** Somebody who sees every customer. */
    String anybody() {
        return roster.team().getFirst().name();
    }

    /** Every task's id and state. Nobody says yes in an evaluation, so they stay as they are. */
    Map<String, String> tasks() throws Exception {
        Map<String, String> tasks = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = product.get("/api/tasks?limit=200" + cursor);
            for (JsonNode task : page.get("items")) {
                tasks.put(
                        task.get("id").asText(),
                        List.of(task.path("status"), task.path("title"), task.path("dueDate"))
                                .toString());
            }
            cursor = page.hasNonNull("nextCursor")
                    ? "&cursor=" + page.get("nextCursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        return tasks;
    }

    /** Ends the simulated Chorus, which until then answers the product's looks for new calls. */
    @Override
    public void close() {
        if (chorus != null) {
            chorus.close();
        }
    }
}
