package ai.cscx.chorus.chaos;

import ai.cscx.chorus.chaos.Truth.Asked;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which promises a running product breaks, by its HTTP API, the simulator's ledger and, if named, the index and the
 * database. A program of its own that shares no code with what it checks. Exit code 1: something is broken.
 *
 * <p>{@code --app URL --token TOKEN --simulator URL --key API-KEY [--opensearch URL --database JDBC-URL] [--workers N] [--under-way MILLIS] [--kill MILLIS]…
 * [--acknowledged FILE]}. The file says what was acknowledged before kills: {@code sync ID} and {@code call CHORUS-ID ID}.
 */
final class Checker {
    private static final int USAGE = 2;
    private static final Set<String> KNOWN = Set.of(
            "app",
            "token",
            "simulator",
            "key",
            "opensearch",
            "database",
            "workers",
            "under-way",
            "kill",
            "acknowledged");

    private final Map<String, List<String>> options;
    private final Findings findings = new Findings();

    private Checker(Map<String, List<String>> options) {
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Map<String, List<String>> options = new HashMap<>();
        for (int at = 0; at + 1 < args.length; at += 2) {
            String name = args[at].replaceFirst("^--", "");
            if (!KNOWN.contains(name)) {
                out.println("There is no option " + args[at] + "; known are " + KNOWN);
                System.exit(USAGE);
            }
            options.computeIfAbsent(name, first -> new ArrayList<>()).add(args[at + 1]);
        }
        if (!options.keySet().containsAll(Set.of("app", "token", "simulator", "key"))) {
            out.println("--app, --token, --simulator and --key must be there");
            System.exit(USAGE);
        }
        List<String> breaches = new Checker(options).run();
        breaches.forEach(breach -> out.println("BROKEN " + breach));
        out.println(breaches.isEmpty() ? "All promises hold." : breaches.size() + " breaches.");
        System.exit(breaches.isEmpty() ? 0 : 1);
    }

    private List<String> run() throws Exception {
        Peer app = new Peer(URI.create(required("app")), required("token"));
        Truth truth = Truth.read(new Peer(URI.create(required("simulator")), null));
        List<Asked> log = truth.log();
        Map<String, String> known = acknowledged(app);
        known.putAll(new CallChecks(app, truth, findings, RequestChecks.nonsense(log)).run());
        new GoneChecks(app, truth, findings, known).run();
        String openSearch = option("opensearch");
        String database = option("database");
        if (openSearch != null && database != null) {
            new IndexChecks(new Peer(URI.create(openSearch), null), database, findings)
                    .run(truth.calls().keySet());
        }
        List<JsonNode> syncs = app.all("/api/chorus/sync?limit=200");
        List<Long> kills = options.getOrDefault("kill", List.of()).stream()
                .map(Long::valueOf)
                .toList();
        UpstreamLists lists = new UpstreamLists(
                new Peer(URI.create(required("simulator")), required("key")),
                log.stream().anyMatch(asked -> asked.kind().equals("calls_list")));
        new RequestChecks(truth, log, findings, kills, number("workers", 8), lists, number("under-way", 250))
                .run(syncs);
        return findings.breaches();
    }

    /** I4, and our ids of calls that may be gone by now. */
    private Map<String, String> acknowledged(Peer app) throws IOException {
        Map<String, String> known = new HashMap<>();
        String file = option("acknowledged");
        for (String line : file == null ? List.<String>of() : Files.readAllLines(Path.of(file))) {
            String[] words = line.split(" ");
            if (words[0].equals("call")) {
                known.put(words[1], words[2]);
            } else if (app.get("/api/chorus/sync/" + words[1]).status() != 200) {
                findings.broken(Promise.I4, "the sync " + words[1] + " was acknowledged and is unknown");
            }
        }
        return known;
    }

    private int number(String name, int usual) {
        String value = option(name);
        return value == null ? usual : Integer.parseInt(value);
    }

    private String required(String name) {
        return String.valueOf(option(name));
    }

    private @Nullable String option(String name) {
        List<String> values = options.get(name);
        return values == null ? null : values.getLast();
    }
}
