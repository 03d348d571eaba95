package ai.cscx.chorus;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.access.Sessions;
import ai.cscx.chorus.access.SignInProvider;
import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.agent.Assistant;
import ai.cscx.chorus.agent.Conversations;
import ai.cscx.chorus.agent.LanguageModel;
import ai.cscx.chorus.agent.Prompts;
import ai.cscx.chorus.alert.AlertChecks;
import ai.cscx.chorus.alert.Alerts;
import ai.cscx.chorus.alert.SavedSearches;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Health;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.Glances;
import ai.cscx.chorus.call.UnmatchedCalls;
import ai.cscx.chorus.customer.CustomerRemoval;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.customer.Links;
import ai.cscx.chorus.customer.Matcher;
import ai.cscx.chorus.customer.Relinking;
import ai.cscx.chorus.hook.Hooks;
import ai.cscx.chorus.local.LocalServers;
import ai.cscx.chorus.mcp.McpDoor;
import ai.cscx.chorus.pages.Pages;
import ai.cscx.chorus.search.Embedder;
import ai.cscx.chorus.search.EmbeddingSettings;
import ai.cscx.chorus.search.Embeddings;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.signal.Signals;
import ai.cscx.chorus.slack.SlackBot;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.store.PostgresUrl;
import ai.cscx.chorus.sync.Connections;
import ai.cscx.chorus.sync.LinkFollowUp;
import ai.cscx.chorus.sync.RateLimiter;
import ai.cscx.chorus.sync.Synchronisation;
import ai.cscx.chorus.sync.Syncs;
import ai.cscx.chorus.sync.WebhookRegistration;
import ai.cscx.chorus.task.TaskDesk;
import ai.cscx.chorus.task.Tasks;
import ai.cscx.chorus.upstream.Destinations;
import ai.cscx.chorus.upstream.HttpTransport;
import ai.cscx.chorus.web.Metrics;
import ai.cscx.chorus.web.WebServer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names every collaborator once, starts them in order and closes them in reverse. */
public final class Application implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);
    private static final Duration SERVERS_START = Duration.ofSeconds(120);
    private static final Duration OVERLAP = Duration.ofHours(72);
    private static final long BETWEEN_STROKES_MILLIS = 300;
    private static final long BETWEEN_LINES_MILLIS = 2000;
    private static final int CONNECTIONS_BESIDE_WORKERS = 12;

    private final Config config;
    private final Clock realTime;
    private final Clock clock;
    private final int simulatedCalls;
    private final boolean chorusMayBeHere;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean closed;
    private @Nullable WebServer web;
    private @Nullable DemoWorld demo;

    /**
     * @param simulatedCalls how many calls the simulated Chorus holds, in demo mode
     */
    Application(Config config, Clock realTime, int simulatedCalls) {
        this(config, realTime, simulatedCalls, config.external() == null || config.demo());
    }

    /**
     * @param chorusMayBeHere whether Chorus may lie on this machine, as a simulator does; no setting allows it where the
     *     servers are somebody else's
     */
    Application(Config config, Clock realTime, int simulatedCalls, boolean chorusMayBeHere) {
        this.config = config;
        this.realTime = realTime;
        this.clock = config.clockStart() == null ? realTime : ShiftedClock.startingAt(config.clockStart(), realTime);
        this.simulatedCalls = simulatedCalls;
        this.chorusMayBeHere = chorusMayBeHere;
    }

    /**
     * Starts everything; when it returns, questions are answered.
     *
     * @throws Failure if something is missing or taken; the message says what to do
     */
    void start() {
        Servers servers = servers();
        Database database = started(
                new Database(new Database.Settings(servers.database(), config.workers() + CONNECTIONS_BESIDE_WORKERS)));
        database.start();
        Portfolio portfolio = new Portfolio(database);
        Embedder embedder = Embeddings.open(config.embeddings());
        if (embedder != null) {
            started(embedder);
        }
        Search search = started(new Search(servers.openSearch(), portfolio, embedder));
        search.start();

        SignInProvider.Settings signIn = config.signIn();
        People people = new People(database, clock, signIn == null ? null : new SignInProvider(signIn));
        Calls calls = new Calls(database);
        CallStore callStore = new CallStore();
        Customers customers = new Customers(database);
        Tasks tasks = new Tasks(database);
        TaskDesk desk = new TaskDesk(database);
        Jobs jobs = new Jobs(database, realTime, config.workers());
        RateLimiter limiter = new RateLimiter(database, realTime, config.requestsPerMinute());
        Syncs syncs = new Syncs(database, jobs, limiter, clock, config.backfill());
        HttpTransport transport =
                started(new HttpTransport(new Destinations(chorusMayBeHere, config.chorusPrivateNetwork())));
        Vault vault = vault();
        Connections connections = new Connections(
                database,
                vault,
                syncs,
                transport,
                this::publicUrl,
                new WebhookRegistration(this::webhookUrl),
                clock,
                realTime);
        connections.reseal();
        LinkFollowUp afterLink = new LinkFollowUp(tasks);
        Links links = new Links(database, new Matcher(config.matchingDomains()), callStore, afterLink, clock);
        new Relinking(database, links).register(jobs);
        new AlertChecks(database, search, people, clock).register(jobs);
        Hooks hooks = new Hooks(database, vault, transport);
        hooks.register(jobs);
        Signals signals = new Signals(database, clock);
        signals.register(jobs);
        Conversations conversations = new Conversations(database);
        Synchronisation synchronisation = started(new Synchronisation(
                database,
                jobs,
                connections,
                syncs,
                limiter,
                callStore,
                links,
                search,
                tasks,
                conversations::forget,
                clock,
                realTime,
                new Synchronisation.Settings(config.pollEvery(), OVERLAP, config.workers(), embeddingBusy())));
        synchronisation.register();
        Assistant assistant = new Assistant(
                database,
                calls,
                tasks,
                desk,
                customers,
                people,
                search,
                signals,
                conversations,
                Prompts.read(config.promptsDirectory()),
                languageModel(),
                config.embeddings() instanceof EmbeddingSettings.MiniLm ? embedder : null,
                clock);
        bootstrapAdmin(people);
        Alerts alerts = new Alerts(database, clock);
        SlackBot slack = started(new SlackBot(
                config.slack(),
                new SlackBot.Features(database, jobs, people, assistant, tasks, alerts, clock, realTime)));
        slack.register(jobs);

        Metrics metrics = started(new Metrics(synchronisation, jobs, realTime));
        metrics.start();
        Map<String, Supplier<Health>> checks = new LinkedHashMap<>();
        checks.put("postgresql", database::check);
        checks.put("opensearch", search::check);
        WebServer.Features features = new WebServer.Features(
                people,
                calls,
                new UnmatchedCalls(database),
                customers,
                new CustomerRemoval(database, afterLink),
                links,
                tasks,
                desk,
                search,
                new SavedSearches(database, clock),
                alerts,
                signals,
                hooks,
                assistant,
                connections,
                syncs,
                synchronisation,
                metrics,
                checks,
                clock,
                realTime);
        Pages pages = new Pages(
                new Pages.Settings(this::publicUrl, () -> config.demo() ? people.holders(DemoWorld.TOKENS) : List.of()),
                features,
                new Sessions(database, clock),
                new Glances(database));
        WebServer server = new WebServer(
                new WebServer.Settings(
                        config.host(),
                        config.port(),
                        config.webhookSecret(),
                        this::publicUrl,
                        config.corsOrigins(),
                        signIn == null ? null : signIn.issuer()),
                features,
                pages,
                List.of(new McpDoor(assistant.tools(), calls)),
                List.of(slack.postbox()));
        web = started(server);
        server.start();
        if (config.demo()) {
            DemoWorld world = started(new DemoWorld(config.dataDirectory(), simulatedCalls, clock, people, customers));
            world.start();
            demo = world;
            started(jobs).start();
            synchronisation.start();
            world.connect(connections);
        } else {
            people.forgetTokens(DemoWorld.TOKENS);
            started(jobs).start();
            synchronisation.start();
        }
        reportProgress(syncs);
        LOG.info("Ready: {}", address());
        if (config.demo()) {
            LOG.info("Open it in a browser; programs sign in with demo-admin, demo-leader, demo-csm or demo-csm-2");
        }
    }

    /** Where the web server answers. */
    URI address() {
        String host = config.onLoopback() ? "localhost" : config.host();
        return URI.create("http://" + host + ":" + (web == null ? config.port() : web.port()));
    }

    /** Where Chorus reaches us; null unless there is a secret and an address that it can know. */
    /** The share of its time that embedding may work, so that its threads take their share of all cores. */
    private double embeddingBusy() {
        double cores = config.embeddingShare() * Runtime.getRuntime().availableProcessors();
        return Math.min(1, cores / Math.max(1, Math.round(cores)));
    }

    private @Nullable URI webhookUrl() {
        String secret = config.webhookSecret();
        if (secret == null || (config.publicUrl() == null && !config.demo())) {
            return null;
        }
        String key = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return URI.create(publicUrl() + "/api/chorus/webhook?key=" + key);
    }

    /** Where browsers reach the web server. */
    private URI publicUrl() {
        return config.publicUrl() == null ? address() : config.publicUrl();
    }

    @Nullable
    DemoWorld demo() {
        return demo;
    }

    /** Stops everything in reverse order. Again changes nothing. */
    @Override
    public void close() {
        synchronized (started) {
            if (closed) {
                return;
            }
            closed = true;
            while (!started.isEmpty()) {
                AutoCloseable next = started.pop();
                try {
                    next.close();
                } catch (Exception failed) {
                    LOG.warn("{} did not stop cleanly", next.getClass().getSimpleName(), failed);
                }
            }
        }
    }

    private Servers servers() {
        if (config.external() != null) {
            return new Servers(config.external().database(), config.external().openSearch());
        }
        if (!LocalServers.available()) {
            throw new Failure.Unavailable(LocalServers.unavailableMessage());
        }
        LOG.info("Starting PostgreSQL and OpenSearch in {}", config.dataDirectory());
        LocalServers local =
                started(new LocalServers(new LocalServers.Settings(config.dataDirectory(), SERVERS_START)));
        local.start();
        return new Servers(PostgresUrl.parse(local.jdbcUrl()), local.openSearchUrl());
    }

    private record Servers(PostgresUrl database, URI openSearch) {}

    private Vault vault() {
        return config.masterKey() == null
                ? Vault.at(config.dataDirectory().resolve("master.key"))
                : Vault.of(config.masterKey());
    }

    private @Nullable LanguageModel languageModel() {
        Config.Llm llm = config.llm();
        return llm == null
                ? null
                : new LanguageModel(new LanguageModel.Settings(
                        llm.apiKey(), llm.baseUrl(), llm.model(), LanguageModel.Settings.TIMEOUT));
    }

    private void bootstrapAdmin(People people) {
        if (config.adminToken() == null) {
            return;
        }
        People.Person admin =
                people.ensure(new People.NewPerson("admin@cscx.invalid", "Administrator", Role.ADMIN, null));
        people.ensureToken(admin.id(), "bootstrap", config.adminToken());
    }

    /** For whoever watches the first sync. */
    private void reportProgress(Syncs syncs) {
        boolean terminal = SyncReport.atTerminal();
        SyncReport report = started(new SyncReport(syncs::newest, terminal));
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("progress").daemon().factory());
        started(timer);
        timer.scheduleWithFixedDelay(
                report, 1000, terminal ? BETWEEN_STROKES_MILLIS : BETWEEN_LINES_MILLIS, TimeUnit.MILLISECONDS);
    }

    private <T extends AutoCloseable> T started(T part) {
        synchronized (started) {
            if (closed) {
                throw new Failure.Unavailable("Stopped while starting.");
            }
            started.push(part);
        }
        return part;
    }
}
