package ai.cscx.chorus;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.customer.NewCustomer;
import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.simulator.Roster;
import ai.cscx.chorus.sync.ConnectRequest;
import ai.cscx.chorus.sync.Connections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a newcomer finds: a simulated Chorus, its customers and people, and four tokens that everybody knows. Only on
 * loopback. The world's calendar is fixed at the first start, so that a restart finds the same calls.
 */
final class DemoWorld implements AutoCloseable {
    static final String TOKENS = "demo";
    private static final String API_KEY = "demo-chorus-key";
    private static final long SEED = 194;
    private static final Map<String, String> TOKEN_OWNERS = Map.of(
            "demo-admin", "Ines Duarte",
            "demo-leader", "Helen Ashworth",
            "demo-csm", "Dana Whitfield",
            "demo-csm-2", "Marcus Oyelaran");

    private final Path dataDirectory;
    private final int calls;
    private final Clock clock;
    private final People people;
    private final Customers customers;
    private @Nullable ChorusSimulator simulator;

    DemoWorld(Path dataDirectory, int calls, Clock clock, People people, Customers customers) {
        this.dataDirectory = dataDirectory;
        this.calls = calls;
        this.clock = clock;
        this.people = people;
        this.customers = customers;
    }

    void start() {
        ChorusSimulator chorus = new ChorusSimulator(new ChorusSimulator.Settings(calls, SEED, anchor(), 0, API_KEY));
        chorus.start();
        simulator = chorus;
        seed(chorus.world().roster());
    }

    ChorusSimulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("The demo world is not started");
        }
        return simulator;
    }

    /** Connects to the simulator, or tells the connection of an earlier start where it is now. */
    void connect(Connections connections) {
        People.Person admin = people.byEmail(adminEmail()).orElseThrow();
        var asker = People.asker(admin);
        boolean connected = connections.status(asker).status().equals("connected");
        if (connected) {
            connections.relocate(simulator().baseUri());
            return;
        }
        connections.connect(asker, ConnectRequest.apiKey(simulator().baseUri().toString(), API_KEY));
    }

    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }

    private String adminEmail() {
        return simulator().world().roster().team().stream()
                .filter(member -> member.name().equals(TOKEN_OWNERS.get("demo-admin")))
                .map(Roster.TeamMember::email)
                .findFirst()
                .orElseThrow();
    }

    private Instant anchor() {
        Path file = dataDirectory.resolve("simulated-since");
        try {
            if (Files.exists(file)) {
                return Instant.parse(Files.readString(file).strip());
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Files.writeString(file, now.toString());
            return now;
        } catch (IOException failed) {
            throw new Failure.Unavailable("The file " + file + " cannot be read or made.", failed);
        }
    }

    private void seed(Roster roster) {
        Map<String, UserId> ids = new HashMap<>();
        for (Roster.TeamMember member : roster.team()) {
            People.Person person =
                    people.ensure(new People.NewPerson(member.email(), member.name(), role(member.role()), null));
            ids.put(member.name(), person.id());
        }
        TOKEN_OWNERS.forEach((token, owner) -> {
            UserId id = ids.get(owner);
            if (id != null) {
                people.ensureToken(id, TOKENS, token);
            }
        });
        for (Roster.Account account : roster.customers()) {
            customers.ensure(new NewCustomer(
                    account.name(),
                    account.aliases(),
                    account.domains(),
                    account.crmId(),
                    ids.get(account.owner()),
                    account.segment(),
                    account.renewalDate()));
        }
    }

    private static Role role(String title) {
        String words = title.toLowerCase(Locale.ROOT);
        if (words.contains("admin")) {
            return Role.ADMIN;
        }
        return words.startsWith("vp") || words.contains("director") ? Role.LEADER : Role.CSM;
    }
}
