package ai.cscx.chorus.web;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.agent.Assistant;
import ai.cscx.chorus.alert.Alerts;
import ai.cscx.chorus.alert.SavedSearches;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Health;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.UnmatchedCalls;
import ai.cscx.chorus.customer.CustomerRemoval;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.customer.Links;
import ai.cscx.chorus.hook.Hooks;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.signal.Signals;
import ai.cscx.chorus.sync.Connections;
import ai.cscx.chorus.sync.Synchronisation;
import ai.cscx.chorus.sync.Syncs;
import ai.cscx.chorus.task.TaskDesk;
import ai.cscx.chorus.task.Tasks;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;

/** Serves HTTP. {@link #close} lets requests that are under way finish. */
public final class WebServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");
    private static final long MAX_REQUEST_BYTES = 10L * 1024 * 1024;

    private final Settings settings;
    private final Features features;
    private final @Nullable Site site;
    private final List<Door> doors;
    private final List<Postbox> postboxes;
    private final SyncProgress progress;
    private final ProtectedResource resource;
    private @Nullable Javalin running;

    /**
     * @param port 0 = any free one
     * @param webhookSecret what Chorus's webhooks are signed with; null = they are refused
     * @param publicUrl where browsers reach the server; null = nobody said
     * @param origins of other sites whose pages may call, such as https://app.example.com
     * @param issuer where people sign in for programs; null = nowhere
     */
    public record Settings(
            String host,
            int port,
            @Nullable String webhookSecret,
            Supplier<@Nullable URI> publicUrl,
            Set<String> origins,
            @Nullable URI issuer) {
        public Settings {
            origins = Set.copyOf(origins);
        }

        public Settings(String host, int port, @Nullable String webhookSecret) {
            this(host, port, webhookSecret, () -> null, Set.of(), null);
        }

        @Override
        public String toString() {
            return "Settings[" + host + ", " + port + "]";
        }

        boolean local() {
            return LOOPBACK.contains(host);
        }
    }

    /**
     * What is served.
     *
     * @param checks what readiness depends on, by name
     * @param clock the product's clock
     * @param realTime by which others sign
     */
    public record Features(
            People people,
            Calls calls,
            UnmatchedCalls unmatched,
            Customers customers,
            CustomerRemoval removal,
            Links links,
            Tasks tasks,
            TaskDesk desk,
            Search search,
            SavedSearches savedSearches,
            Alerts alerts,
            Signals signals,
            Hooks hooks,
            Assistant assistant,
            Connections connections,
            Syncs syncs,
            Synchronisation synchronisation,
            Metrics metrics,
            Map<String, Supplier<Health>> checks,
            Clock clock,
            Clock realTime) {
        public Features {
            checks = Map.copyOf(checks);
        }
    }

    /**
     * @param site pages for people; null = none
     */
    public WebServer(Settings settings, Features features, @Nullable Site site) {
        this(settings, features, site, List.of(), List.of());
    }

    /**
     * @param site pages for people; null = none
     * @param doors other ways in for the same askers
     * @param postboxes paths where other systems post what they sign in ways of their own
     */
    public WebServer(
            Settings settings, Features features, @Nullable Site site, List<Door> doors, List<Postbox> postboxes) {
        this.settings = settings;
        this.features = features;
        this.site = site;
        this.doors = List.copyOf(doors);
        this.postboxes = List.copyOf(postboxes);
        this.progress = new SyncProgress(features.realTime());
        this.resource = new ProtectedResource(settings.issuer(), settings.publicUrl());
    }

    /**
     * @throws Failure.Unavailable if the port is taken
     */
    public void start() {
        Javalin server = create();
        try {
            running = server.start(settings.host(), settings.port());
        } catch (JavalinBindException taken) {
            throw new Failure.Unavailable(
                    "Port " + settings.port() + " is taken; stop what uses it or set CSCX_PORT.", taken);
        }
    }

    /** The port that is listened on; only after {@link #start}. */
    public int port() {
        if (running == null) {
            throw new IllegalStateException("The server was not started");
        }
        return running.port();
    }

    @Override
    public void close() {
        progress.close();
        if (site != null) {
            site.close();
        }
        if (running != null) {
            running.stop();
        }
    }

    Javalin create() {
        return Javalin.create(this::configure);
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ServerRoutes(features.checks(), features.metrics()).routes());
        routes.addAll(new ConnectionRoutes(
                        features.connections(), features.synchronisation(), features.syncs(), features.clock())
                .routes());
        Signals signals = features.signals();
        MeetingRoutes meetings =
                new MeetingRoutes(features.calls(), features.tasks(), features.customers(), signals.calls());
        routes.addAll(meetings.routes());
        routes.addAll(new LinkRoutes(features.unmatched(), features.links(), meetings).routes());
        routes.addAll(new TranscriptRoutes(features.calls(), features.synchronisation(), features.clock()).routes());
        routes.addAll(
                new CustomerRoutes(features.customers(), features.calls(), features.tasks(), signals, features.people())
                        .routes());
        routes.addAll(new CustomerChangeRoutes(features.customers(), features.removal()).routes());
        routes.addAll(new SearchRoutes(features.search(), features.calls()).routes());
        routes.addAll(new SavedSearchRoutes(features.savedSearches()).routes());
        routes.addAll(new AlertRoutes(features.alerts()).routes());
        routes.addAll(new InsightRoutes(signals.insights()).routes());
        routes.addAll(new HealthRoutes(signals.health()).routes());
        routes.addAll(new MappingRoutes(signals.mappings()).routes());
        routes.addAll(new TrackerRoutes(signals.trends(), signals.mentions(), signals.categories()).routes());
        routes.addAll(new ChatRoutes(features.assistant(), new AnswerStream(features.assistant())).routes());
        routes.addAll(new CompletionRoutes(features.assistant(), features.realTime()).routes());
        routes.addAll(new TaskRoutes(features.tasks(), features.desk(), features.clock()).routes());
        routes.addAll(
                new SyncRoutes(features.syncs(), features.synchronisation(), progress, features.clock()).routes());
        routes.addAll(new WebhookRoutes(
                        features.synchronisation(),
                        new WebhookSecret(settings.webhookSecret(), features.realTime()),
                        features.metrics())
                .routes());
        routes.addAll(new HookRoutes(features.hooks()).routes());
        routes.addAll(new QuarantineRoutes(features.synchronisation().quarantine()).routes());
        routes.addAll(new DriftRoutes(features.synchronisation().drift()).routes());
        routes.addAll(new PeopleRoutes(features.people(), features.clock()).routes());
        routes.addAll(resource.routes());
        postboxes.forEach(postbox -> routes.addAll(new PostboxRoutes(postbox).routes()));
        routes.add(new DescriptionRoute(routes).route());
        return List.copyOf(routes);
    }

    private void configure(JavalinConfig config) {
        List<Route> routes = routes();
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = MAX_REQUEST_BYTES;
        config.http.prefer405over404 = true;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.modifyServer(server -> {
            server.insertHandler(new GracefulHandler());
            server.setStopTimeout(PATIENCE.toMillis());
            server.setErrorHandler(new UnreadableRequests());
        });
        Origins origins = new Origins(settings.local(), settings.publicUrl(), settings.origins());
        Gate gate = new Gate(features.people(), origins, settings.local(), routes);
        gate.guard(config.routes);
        for (Route route : routes) {
            config.routes.addEndpoint(Endpoint.create(route.method(), route.path())
                    .addMetadata(new Gate.Known(route))
                    .handler(context -> route.action().handle(new Exchange(context))));
        }
        for (Door door : doors) {
            door.addTo(config.routes, context -> {
                origins.check(context);
                return gate.asker(context);
            });
        }
        if (site != null) {
            site.addTo(config.routes);
        }
        new Problems(site, resource).answerOn(config.routes);
        config.requestLogger.http(this::count);
    }

    private void count(Context context, float millis) {
        if (!Exchange.isStream(context)) {
            Endpoint matched = context.endpoints().matchedHttpEndpoint();
            features.metrics().served(matched, context.statusCode(), Duration.ofNanos((long) (millis * 1_000_000)));
        }
    }
}
