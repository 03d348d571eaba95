package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.UnmatchedCalls;
import ai.cscx.chorus.sync.ConnectRequest;
import ai.cscx.chorus.sync.ConnectionStatus;
import ai.cscx.chorus.sync.Connections;
import ai.cscx.chorus.sync.Quarantine;
import ai.cscx.chorus.sync.RateLimiter.Budget;
import ai.cscx.chorus.sync.SyncStatus;
import ai.cscx.chorus.sync.Synchronisation;
import ai.cscx.chorus.sync.Syncs;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The connection to Chorus, and all that an admin looks after at a glance. */
final class ConnectionPages {
    private static final int COUNTED = 100;

    private final Connections connections;
    private final Syncs syncs;
    private final Synchronisation synchronisation;
    private final UnmatchedCalls unmatched;
    private final Frames frames;
    private final Templates templates;

    ConnectionPages(
            Connections connections,
            Syncs syncs,
            Synchronisation synchronisation,
            UnmatchedCalls unmatched,
            Frames frames,
            Templates templates) {
        this.connections = connections;
        this.syncs = syncs;
        this.synchronisation = synchronisation;
        this.unmatched = unmatched;
        this.frames = frames;
        this.templates = templates;
    }

    /**
     * @param unmatched how many calls wait, in words
     * @param quarantine how many records were set aside, in words
     * @param accuracy null = nothing was compared yet
     */
    record OverviewPage(
            Frame frame,
            State state,
            SyncPages.@Nullable Progress newest,
            SyncPages.@Nullable AccuracyView accuracy,
            String unmatched,
            String quarantine) {}

    /** How the connection is, in words. */
    record State(
            String name,
            String colour,
            @Nullable String account,
            @Nullable String how,
            @Nullable String address,
            @Nullable String since,
            @Nullable String error,
            @Nullable String notice,
            String requests) {
        boolean isConnected() {
            return !name.equals("Not connected");
        }
    }

    /**
     * @param form what was typed, without secrets
     * @param result what connecting led to; null = nothing was tried
     * @param authorize where the admin has to say yes; null = nowhere
     */
    record ConnectionPage(
            Frame frame,
            State state,
            Form form,
            List<String> problems,
            @Nullable String result,
            @Nullable String authorize) {
        ConnectionPage {
            problems = List.copyOf(problems);
        }
    }

    /** What may be shown again of the form. */
    record Form(
            String kind,
            String baseUrl,
            String dialect,
            String headerStyle,
            String clientId,
            String tokenUrl,
            String authorizationUrl,
            String scope) {
        static final Form EMPTY = new Form("", "", "", "", "", "", "", "");
    }

    void addTo(Pages.Paths paths) {
        paths.get("/admin", this::overview);
        paths.get("/admin/connection", visit -> show(visit, Form.EMPTY, List.of(), null, null));
        paths.post("/admin/connection", this::connect);
        paths.post("/admin/connection/remove", this::disconnect);
    }

    private void overview(Visit visit) {
        Asker asker = visit.asker();
        asker.requireAdmin();
        Reader reader = visit.reader();
        SyncStatus newest = syncs.newest();
        Quarantine quarantine = synchronisation.quarantine();
        visit.html(templates.draw(
                "admin",
                new OverviewPage(
                        frames.of(visit, "Admin", "admin"),
                        state(asker, reader),
                        newest == null ? null : SyncPages.Progress.of(newest, reader),
                        synchronisation
                                .settlement()
                                .accuracy(asker)
                                .map(found -> SyncPages.AccuracyView.of(found, reader))
                                .orElse(null),
                        atMost(unmatched
                                .list(asker, TimeRange.ALWAYS, null, COUNTED)
                                .items()
                                .size()),
                        atMost(quarantine.list(asker, null, COUNTED).items().size()))));
    }

    private static String atMost(int number) {
        return number >= COUNTED ? COUNTED + " or more" : Integer.toString(number);
    }

    private void show(
            Visit visit, Form form, List<String> problems, @Nullable String result, @Nullable String authorize) {
        Asker asker = visit.asker();
        visit.html(templates.draw(
                "connection",
                new ConnectionPage(
                        frames.of(visit, "Connection", "admin"),
                        state(asker, visit.reader()),
                        form,
                        problems,
                        result,
                        authorize)));
    }

    private void connect(Visit visit) {
        String kind = Objects.requireNonNullElse(visit.field("kind"), "api_key");
        boolean oauth = !kind.equals("api_key");
        ConnectRequest request = new ConnectRequest(
                oauth ? "oauth2" : "api_key",
                visit.field("dialect"),
                visit.field("baseUrl"),
                oauth ? null : visit.field("apiKey"),
                oauth ? null : visit.field("headerStyle"),
                oauth ? visit.field("clientId") : null,
                oauth ? visit.field("clientSecret") : null,
                oauth ? visit.field("tokenUrl") : null,
                kind.equals("oauth_browser") ? visit.field("authorizationUrl") : null,
                oauth ? visit.field("scope") : null);
        Form form = form(visit, kind);
        try {
            switch (connections.connect(visit.asker(), request)) {
                case Connections.Connected connected ->
                    show(
                            visit,
                            Form.EMPTY,
                            List.of(),
                            "Chorus answered: account " + connected.account() + ", dialect " + connected.dialect()
                                    + ", header style " + connected.headerStyle() + ". The first sync has begun.",
                            null);
                case Connections.Authorizing authorizing ->
                    show(
                            visit,
                            form,
                            List.of(),
                            null,
                            Outside.link(authorizing.authorizeUrl().toString()));
            }
        } catch (Failure.Rejected wrong) {
            visit.context().status(422);
            List<String> problems = wrong.problems().stream()
                    .map(problem -> CardView.words(problem.pointer().replace("/", "")) + " " + problem.detail())
                    .toList();
            show(visit, form, problems.isEmpty() ? List.of(String.valueOf(wrong.getMessage())) : problems, null, null);
        } catch (Failure.Unavailable away) {
            visit.context().status(503);
            show(visit, form, List.of(String.valueOf(away.getMessage())), null, null);
        }
    }

    private static Form form(Visit visit, String kind) {
        return new Form(
                kind,
                Objects.requireNonNullElse(visit.field("baseUrl"), ""),
                Objects.requireNonNullElse(visit.field("dialect"), ""),
                Objects.requireNonNullElse(visit.field("headerStyle"), ""),
                Objects.requireNonNullElse(visit.field("clientId"), ""),
                Objects.requireNonNullElse(visit.field("tokenUrl"), ""),
                Objects.requireNonNullElse(visit.field("authorizationUrl"), ""),
                Objects.requireNonNullElse(visit.field("scope"), ""));
    }

    private void disconnect(Visit visit) {
        connections.disconnect(visit.asker());
        visit.goTo("/admin/connection");
    }

    private State state(Asker asker, Reader reader) {
        ConnectionStatus status = connections.status(asker);
        Budget budget = synchronisation.budget();
        String requests = reader.counted(budget.requests(), "request") + " so far, " + reader.number(budget.refusals())
                + " answered with “too fast”";
        String how = status.dialect() == null
                ? null
                : status.dialect() + ", " + CardView.words(Objects.requireNonNullElse(status.authType(), ""));
        return switch (status.status()) {
            case "connected" -> state("Connected", "green", status, how, requests, reader);
            case "degraded" -> state("Refused", "red", status, how, requests, reader);
            default -> state("Not connected", "amber", status, how, requests, reader);
        };
    }

    private static State state(
            String name, String colour, ConnectionStatus status, @Nullable String how, String requests, Reader reader) {
        return new State(
                name,
                colour,
                status.account(),
                how,
                status.baseUrl(),
                status.connectedAt() == null ? null : reader.ago(status.connectedAt()),
                status.lastError(),
                status.notice(),
                requests);
    }
}
