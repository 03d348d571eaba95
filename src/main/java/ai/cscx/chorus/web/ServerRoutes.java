package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Health;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What tells about the server itself: alive, ready, what it is. */
final class ServerRoutes {
    private final Map<String, Supplier<Health>> checks;
    private final Metrics metrics;

    ServerRoutes(Map<String, Supplier<Health>> checks, Metrics metrics) {
        this.checks = checks;
        this.metrics = metrics;
    }

    record Alive(String status) {}

    /**
     * @param status ready or unavailable
     */
    record Ready(String status, Map<String, Check> checks) {}

    /**
     * @param status up or down
     */
    record Check(String status, String detail) {}

    List<Route> routes() {
        return List.of(
                Route.get("/metrics", "How the process, the requests and the sync are, for Prometheus")
                        .access(Access.TOKEN_UNLESS_LOCAL)
                        .answersText(200, "text/plain")
                        .handledBy(exchange -> exchange.text("text/plain; version=0.0.4", metrics.text())),
                Route.get("/healthz", "Whether the process is alive")
                        .access(Access.OPEN)
                        .answers(200, Alive.class)
                        .handledBy(exchange -> exchange.answer(200, new Alive("alive"))),
                Route.get("/readyz", "Whether it can serve, by what it depends on")
                        .access(Access.OPEN)
                        .answers(200, Ready.class)
                        .answers(503, Ready.class)
                        .handledBy(exchange -> {
                            Ready ready = ready(checks);
                            exchange.answer(ready.status().equals("ready") ? 200 : 503, ready);
                        }));
    }

    static Ready ready(Map<String, Supplier<Health>> checks) {
        Map<String, Check> results = new TreeMap<>();
        checks.forEach((name, check) -> results.put(name, result(check)));
        boolean allUp =
                results.values().stream().allMatch(result -> result.status().equals("up"));
        return new Ready(allUp ? "ready" : "unavailable", results);
    }

    private static Check result(Supplier<Health> check) {
        try {
            Health health = check.get();
            return new Check(health.ok() ? "up" : "down", health.detail());
        } catch (Failure away) {
            return new Check("down", String.valueOf(away.getMessage()));
        }
    }
}
