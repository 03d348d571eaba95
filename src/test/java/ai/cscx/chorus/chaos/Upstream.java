package ai.cscx.chorus.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulated Chorus, steered from here. */
final class Upstream implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("^" + ChaosSimulator.READY + "(\\S+) (\\S+)$");

    private final Program program;
    private final URI address;
    private final Peer ledger;
    private final Peer admin;

    private Upstream(Program program) {
        this.program = program;
        Matcher ready = program.ready();
        this.address = URI.create(ready.group(1));
        this.ledger = new Peer(address, null);
        this.admin = new Peer(URI.create(ready.group(2)), null);
    }

    static Upstream start(ChaosPlan plan, Instant anchor, Path directory) {
        return new Upstream(Program.start(
                ChaosSimulator.class,
                List.of("-Xmx768m"),
                List.of(
                        Integer.toString(plan.calls()),
                        Long.toString(plan.seed()),
                        anchor.toString(),
                        Integer.toString(ChaosPlan.MINUTES)),
                Map.of(),
                READY,
                directory.resolve("simulator.log")));
    }

    URI address() {
        return address;
    }

    Peer ledger() {
        return ledger;
    }

    /** Every call, newest first. */
    List<JsonNode> calls() {
        return Truth.stream(ledger.get("/_simulator/calls?brief=true").ok("ledger"))
                .toList();
    }

    void change(String call, String action, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("action", action);
        admin.post("/calls/" + call, body).ok("change");
    }

    void newCall(Instant start) {
        admin.post("/calls", Map.of("start", start.toString(), "minutes", ChaosPlan.MINUTES))
                .ok("new call");
    }

    void fault(Map<String, ?> fault) {
        admin.post("/faults", fault).ok("fault " + fault);
    }

    void limit(int requestsPerMinute) {
        admin.post("/limit", Map.of("requestsPerMinute", requestsPerMinute)).ok("limit");
    }

    void calm() {
        admin.delete("/faults").ok("no faults");
        Map<String, Object> none = new HashMap<>();
        none.put("requestsPerMinute", null);
        admin.post("/limit", none).ok("no limit");
    }

    @Override
    public void close() {
        program.close();
    }
}
