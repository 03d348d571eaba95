package ai.cscx.chorus.simulator;

import ai.cscx.chorus.base.Failure;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A Chorus.ai on this machine: a real HTTP server that serves made-up calls in two dialects. Listens on the loopback
 * address only. The same settings serve the same bytes.
 */
public final class ChorusSimulator implements AutoCloseable {
    /**
     * What to simulate.
     *
     * @param calls how many calls the list of {@code engagements} holds; about one private call in a hundred comes on top
     * @param anchor the moment up to which calls took place; they fill the year before
     * @param port 0 takes any free one
     * @param dialects those that are served; the paths of others are not found
     * @param prerender answers about calls are written once, before the start, and kept in memory; for benchmarks
     * @param given calls that are served instead of made-up ones, as many as {@code calls}; empty for made-up ones
     * @param clock for the log and the lifetime of tokens; nothing that is served about calls depends on it
     */
    public record Settings(
            int calls,
            long seed,
            Instant anchor,
            int port,
            String apiKey,
            Set<Dialect> dialects,
            Profile profile,
            boolean prerender,
            List<GivenCall> given,
            Clock clock) {
        private static final int HIGHEST_PORT = 65_535;

        public Settings {
            if (calls < 1) {
                throw new IllegalArgumentException("calls must be at least 1.");
            }
            if (port < 0 || port > HIGHEST_PORT) {
                throw new IllegalArgumentException("port must lie between 0 and 65535.");
            }
            Refuse.blank(apiKey, "apiKey");
            if (dialects.isEmpty()) {
                throw new IllegalArgumentException("dialects must name at least one.");
            }
            given = List.copyOf(given);
            if (!given.isEmpty() && given.size() != calls) {
                throw new IllegalArgumentException("calls must say how many are given.");
            }
            if (given.stream().map(GivenCall::id).distinct().count() < given.size()) {
                throw new IllegalArgumentException("given calls must have ids of their own.");
            }
            dialects = Collections.unmodifiableSet(EnumSet.copyOf(dialects));
        }

        /** Both dialects, a natural year. */
        public Settings(int calls, long seed, Instant anchor, int port, String apiKey) {
            this(
                    calls,
                    seed,
                    anchor,
                    port,
                    apiKey,
                    EnumSet.allOf(Dialect.class),
                    Profile.NATURAL,
                    false,
                    List.of(),
                    Clock.systemUTC());
        }

        public Settings dialects(Set<Dialect> only) {
            return new Settings(calls, seed, anchor, port, apiKey, only, profile, prerender, given, clock);
        }

        public Settings profile(Profile other) {
            return new Settings(calls, seed, anchor, port, apiKey, dialects, other, prerender, given, clock);
        }

        public Settings prerender(boolean before) {
            return new Settings(calls, seed, anchor, port, apiKey, dialects, profile, before, given, clock);
        }

        /** Serves these instead of made-up ones. */
        public Settings given(List<GivenCall> calls) {
            return new Settings(calls.size(), seed, anchor, port, apiKey, dialects, profile, prerender, calls, clock);
        }

        public Settings clock(Clock other) {
            return new Settings(calls, seed, anchor, port, apiKey, dialects, profile, prerender, given, other);
        }
    }

    static {
        // Without it, Nagle's algorithm and delayed acknowledgements cost each answer of some 10 KB another 40 ms. The
        // JDK reads it when the first server of the process is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Settings settings;
    private @Nullable Running running;

    public ChorusSimulator(Settings settings) {
        this.settings = settings;
    }

    /**
     * Makes up the world and opens the port.
     *
     * @throws Failure.Unavailable if the port is taken
     */
    public synchronized void start() {
        if (running != null) {
            return;
        }
        HttpServer server = listen(settings.port());
        HttpServer adminServer = listen(0);
        World world = World.create(settings);
        var pages = new Pages();
        if (settings.prerender()) {
            pages.prerender(world);
        }
        var oauth = new OAuth(settings.seed(), settings.clock());
        var gate = new Gate(settings.apiKey(), oauth::accepts);
        var faults = new Faults();
        var webhooks = new Webhooks();
        var changes = new Changes(world, gate);
        var routes = new Routes(world, gate, pages, oauth, webhooks, faults);
        var admin = new Admin(faults, changes, webhooks, oauth, routes::limit);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        serve(server, routes, executor);
        serve(adminServer, admin, executor);
        running = new Running(server, adminServer, executor, world, routes, changes, faults, webhooks, oauth);
    }

    private static void serve(HttpServer server, HttpHandler handler, ExecutorService executor) {
        server.setExecutor(executor);
        server.createContext("/", handler);
        server.start();
    }

    /** {@code http://127.0.0.1:port}, without a slash at the end. */
    public URI baseUri() {
        return uri(running().server());
    }

    /** Where the simulator is steered over HTTP; nobody else can reach it either. */
    public URI adminUri() {
        return uri(running().adminServer());
    }

    private static URI uri(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The truth behind what is served. */
    public World world() {
        return running().world();
    }

    /** Changes to the world while it is served. */
    public Changes changes() {
        return running().changes();
    }

    /** What goes wrong, and when. */
    public Faults faults() {
        return running().faults();
    }

    public Webhooks webhooks() {
        return running().webhooks();
    }

    /** The OAuth 2.0 server at {@code /oauth}. */
    public OAuth oauth() {
        return running().oauth();
    }

    /** How many requests came to {@code /oauth/token}, refused ones included. */
    public long oauthTokenRequests() {
        return requestsByKind().getOrDefault(RequestKind.TOKEN, 0L);
    }

    /** Answers 429 beyond so many requests a minute; null lifts the limit. There is none at first. */
    public void limit(@Nullable Integer requestsPerMinute) {
        running().routes().limit(requestsPerMinute);
    }

    /** How many requests Chorus was sent, refused ones included; looks into the ledger do not count. */
    public long requests() {
        return running().routes().requests().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Like {@link #requests()}, for each kind of request. */
    public Map<RequestKind, Long> requestsByKind() {
        return running().routes().requests();
    }

    /** Stops listening; once closed, a second close does nothing. */
    @Override
    public synchronized void close() {
        if (running == null) {
            return;
        }
        running.server().stop(0);
        running.adminServer().stop(0);
        running.executor().shutdownNow();
        running.executor().close();
        running = null;
    }

    private static HttpServer listen(int port) {
        try {
            var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            return HttpServer.create(address, 0);
        } catch (IOException taken) {
            throw new Failure.Unavailable(
                    "The Chorus simulator cannot listen on 127.0.0.1:" + port
                            + "; stop the program that uses this port or choose another one.",
                    taken);
        }
    }

    private synchronized Running running() {
        if (running == null) {
            throw new IllegalStateException("The Chorus simulator is not started.");
        }
        return running;
    }

    private record Running(
            HttpServer server,
            HttpServer adminServer,
            ExecutorService executor,
            World world,
            Routes routes,
            Changes changes,
            Faults faults,
            Webhooks webhooks,
            OAuth oauth) {}
}
