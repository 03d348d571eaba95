package ai.cscx.chorus.web;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.agent.Assistant;
import ai.cscx.chorus.agent.Conversations;
import ai.cscx.chorus.agent.Prompts;
import ai.cscx.chorus.alert.Alerts;
import ai.cscx.chorus.alert.SavedSearches;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.UnmatchedCalls;
import ai.cscx.chorus.customer.CustomerRemoval;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.customer.Links;
import ai.cscx.chorus.customer.Matcher;
import ai.cscx.chorus.customer.MatchingDomains;
import ai.cscx.chorus.hook.Hooks;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.signal.Signals;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
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
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** The real features behind the server; nothing is connected until the database and the search are started. */
public final class RealFeatures {
    private RealFeatures() {}

    public static WebServer.Features of(Database database, URI openSearch, Clock clock) {
        Search search = new Search(openSearch, new Portfolio(database), null);
        People people = new People(database, clock);
        Calls calls = new Calls(database);
        Customers customers = new Customers(database);
        Tasks tasks = new Tasks(database);
        TaskDesk desk = new TaskDesk(database);
        Jobs jobs = new Jobs(database, clock, 0);
        RateLimiter limiter = new RateLimiter(database, clock, 10);
        Syncs syncs = new Syncs(database, jobs, limiter, clock, Duration.ofDays(400));
        CallStore store = new CallStore();
        LinkFollowUp afterLink = new LinkFollowUp(tasks);
        Matcher matcher = new Matcher(new MatchingDomains(Set.of(), Set.of("partner.example")));
        Vault vault = Vault.of(Base64.getEncoder().encodeToString(new byte[32]));
        Connections connections = new Connections(
                database,
                vault,
                syncs,
                new HttpTransport(new Destinations(true, false)),
                () -> URI.create("http://localhost:7070"),
                new WebhookRegistration(() -> null),
                clock,
                Clock.systemUTC());
        Links links = new Links(database, matcher, store, afterLink, clock);
        Conversations conversations = new Conversations(database);
        Synchronisation synchronisation = new Synchronisation(
                database,
                jobs,
                connections,
                syncs,
                limiter,
                store,
                links,
                search,
                tasks,
                conversations::forget,
                clock,
                clock,
                new Synchronisation.Settings(Duration.ofMinutes(10), Duration.ofHours(72), 0, 1));
        synchronisation.register();
        Metrics metrics = new Metrics(synchronisation, jobs, clock);
        metrics.start();
        return new WebServer.Features(
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
                new Alerts(database, clock),
                new Signals(database, clock),
                new Hooks(database, vault, new HttpTransport(new Destinations(true, false))),
                new Assistant(
                        database,
                        calls,
                        tasks,
                        desk,
                        customers,
                        people,
                        search,
                        new Signals(database, clock),
                        conversations,
                        new Prompts("test", "Answer."),
                        null,
                        null,
                        clock),
                connections,
                syncs,
                synchronisation,
                metrics,
                Map.of("postgresql", database::check, "opensearch", search::check),
                clock,
                clock);
    }
}
