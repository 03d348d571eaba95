package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.access.Sessions;
import ai.cscx.chorus.access.Sessions.Session;
import ai.cscx.chorus.call.Glances;
import ai.cscx.chorus.web.Site;
import ai.cscx.chorus.web.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** All pages. They show and do what the HTTP interface does, on behalf of the same asker. Thread-safe. */
public final class Pages implements Site {
    private final Clock clock;
    private final Entrance entrance;
    private final Assets assets = new Assets();
    private final Templates templates = new Templates();
    private final Frames frames;
    private final SignInPages signIn;
    private final LibraryPages library;
    private final CallPages call;
    private final SearchPages searching;
    private final AlertPages alerts;
    private final CustomerPages customers;
    private final TaskPages tasks;
    private final ChatPages chat;
    private final ConnectionPages connection;
    private final SyncPages sync;
    private final AdminPages admin;

    /**
     * @param publicUrl where browsers reach us
     * @param demoPeople whom everybody on this machine may sign in as; empty unless this is a demo
     */
    public record Settings(Supplier<URI> publicUrl, Supplier<List<Person>> demoPeople) {}

    public Pages(Settings settings, WebServer.Features features, Sessions sessions, Glances glances) {
        this.clock = features.clock();
        this.entrance = new Entrance(sessions, settings.publicUrl(), settings.demoPeople());
        this.frames = new Frames(entrance, features.alerts(), features.connections(), features.syncs(), assets);
        this.signIn = new SignInPages(entrance, templates, assets);
        this.library = new LibraryPages(features.calls(), glances, features.customers(), frames, templates);
        this.call = new CallPages(
                features.calls(), features.tasks(), features.customers(), features.links(), frames, templates);
        this.searching = new SearchPages(features.search(), features.calls(), features.customers(), frames, templates);
        this.customers = new CustomerPages(
                features.customers(),
                features.calls(),
                glances,
                features.tasks(),
                features.signals(),
                frames,
                templates);
        this.tasks = new TaskPages(features.tasks(), features.customers(), frames, templates);
        this.chat = new ChatPages(features.assistant(), features.customers(), frames, templates);
        this.connection = new ConnectionPages(
                features.connections(),
                features.syncs(),
                features.synchronisation(),
                features.unmatched(),
                frames,
                templates);
        this.sync = new SyncPages(features.syncs(), features.synchronisation(), frames, templates);
        this.admin = new AdminPages(
                features.unmatched(),
                features.customers(),
                features.synchronisation().quarantine(),
                features.synchronisation().drift(),
                features.people(),
                frames,
                templates);
        this.alerts = new AlertPages(features.savedSearches(), features.alerts(), frames, templates);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        assets.addTo(routes);
        signIn.addTo(routes);
        Paths paths = new Paths(routes);
        library.addTo(paths);
        call.addTo(paths);
        searching.addTo(paths);
        alerts.addTo(paths);
        customers.addTo(paths);
        tasks.addTo(paths);
        chat.addTo(paths);
        connection.addTo(paths);
        sync.addTo(paths);
        admin.addTo(paths);
    }

    /** Adds pages for those who are signed in. */
    final class Paths {
        private final RoutesConfig routes;

        private Paths(RoutesConfig routes) {
            this.routes = routes;
        }

        void get(String path, Action action) {
            routes.get(path, signedIn(action));
        }

        void post(String path, Action action) {
            routes.post(path, signedIn(action));
        }
    }

    @Override
    public boolean draw(Context context, int status, String detail) {
        if (context.header("HX-Request") != null) {
            context.html(templates.draw("error-part", detail));
            return true;
        }
        String accept = context.header("Accept");
        if (accept == null || !accept.contains("text/html")) {
            return false;
        }
        Protection.of(context);
        context.html(templates.draw("error", ErrorPage.of(status, detail, assets)));
        return true;
    }

    @Override
    public void close() {
        sync.close();
    }

    private Handler signedIn(Action action) {
        return context -> {
            Protection.of(context);
            Session session = entrance.session(context);
            if (session == null) {
                SignInPages.first(context);
                return;
            }
            if (Entrance.changes(context)) {
                entrance.requireOwnForm(context, session);
            }
            action.handle(new Visit(context, session, reader(context, session)));
        };
    }

    private Reader reader(Context context, Session session) {
        return new Reader(
                Reader.locale(context.header("Accept-Language")),
                session.asker().zone(),
                clock.instant());
    }
}
