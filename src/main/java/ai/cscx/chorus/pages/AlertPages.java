package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.alert.Alert;
import ai.cscx.chorus.alert.Alerts;
import ai.cscx.chorus.alert.NewSearch;
import ai.cscx.chorus.alert.SavedSearch;
import ai.cscx.chorus.alert.SavedSearches;
import ai.cscx.chorus.base.AlertId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.SavedSearchId;
import ai.cscx.chorus.call.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Searches that the reader keeps, and the new calls that matched them. */
final class AlertPages {
    private static final int PAGE = 50;
    private static final int MOST_SEARCHES = 100;

    private final SavedSearches searches;
    private final Alerts alerts;
    private final Frames frames;
    private final Templates templates;

    AlertPages(SavedSearches searches, Alerts alerts, Frames frames, Templates templates) {
        this.searches = searches;
        this.alerts = alerts;
        this.frames = frames;
        this.templates = templates;
    }

    /**
     * @param next address of the page after this one; null = this is the last
     */
    record AlertsPage(
            Frame frame,
            List<Match> matches,
            List<Kept> kept,
            @Nullable String next) {
        AlertsPage {
            matches = List.copyOf(matches);
            kept = List.copyOf(kept);
        }
    }

    /**
     * @param quote null if it is not said there any more
     */
    record Match(
            String address,
            String title,
            @Nullable String customer,
            String day,
            String exact,
            String iso,
            String search,
            @Nullable String quote,
            @Nullable String speaker,
            boolean unseen) {
        static Match of(Alert alert, Reader reader) {
            Alert.Said said = alert.said();
            return new Match(
                    "/alerts/" + alert.id(),
                    CallRow.titleOf(alert.title()),
                    alert.customer() == null ? null : alert.customer().name(),
                    reader.day(alert.startedAt()),
                    reader.exact(alert.startedAt()),
                    alert.startedAt().toString(),
                    alert.searchName(),
                    said == null ? null : said.quote(),
                    said == null ? null : said.speaker(),
                    alert.seenAt() == null);
        }
    }

    record Kept(String id, String name, String q, String address, boolean alert) {
        static Kept of(SavedSearch search) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("q", search.q());
            if (search.customer() != null) {
                parameters.put("customer", search.customer().toString());
            }
            if (search.speaker() != null) {
                parameters.put("speaker", search.speaker());
            }
            if (search.side() != null) {
                parameters.put("side", Words.of(search.side()));
            }
            return new Kept(
                    search.id().toString(),
                    search.name(),
                    search.q(),
                    "/search?" + Visit.encoded(parameters),
                    search.alert());
        }
    }

    void addTo(Pages.Paths paths) {
        paths.get("/alerts", this::show);
        paths.get("/alerts/{id}", this::open);
        paths.post("/searches", this::save);
        paths.post("/searches/{id}", this::change);
    }

    private void show(Visit visit) {
        Asker asker = visit.asker();
        Page<Alert> page = alerts.list(asker, false, visit.query("cursor"), PAGE);
        String next = page.nextCursor();
        visit.html(templates.draw(
                "alerts",
                new AlertsPage(
                        frames.of(visit, "Alerts", "search"),
                        page.items().stream()
                                .map(alert -> Match.of(alert, visit.reader()))
                                .toList(),
                        searches.list(asker, null, MOST_SEARCHES).items().stream()
                                .map(Kept::of)
                                .toList(),
                        next == null ? null : "/alerts?" + Visit.encoded(Map.of("cursor", next)))));
    }

    /** Leads to what was said, and notes that it was seen: again changes nothing. */
    private void open(Visit visit) {
        Asker asker = visit.asker();
        AlertId id = AlertId.parse(visit.path("id"));
        alerts.seen(asker, id);
        Alert alert = alerts.get(asker, id);
        Alert.Said said = alert.said();
        visit.goTo("/calls/" + alert.call() + (said == null ? "" : "?t=" + said.startMs() / 1000.0));
    }

    private void save(Visit visit) {
        UUID customer = Words.id("customer", visit.field("customer"));
        String q = Objects.requireNonNullElse(visit.field("q"), "");
        searches.add(
                visit.asker(),
                new NewSearch(
                        Objects.requireNonNullElse(visit.field("name"), q),
                        q,
                        customer == null ? null : new CustomerId(customer),
                        visit.field("speaker"),
                        Words.read("side", visit.field("side"), Side.class),
                        visit.field("alert") != null));
        visit.goTo("/alerts#kept");
    }

    private void change(Visit visit) {
        SavedSearchId id = SavedSearchId.parse(visit.path("id"));
        switch (Objects.requireNonNullElse(visit.field("do"), "")) {
            case "remove" -> searches.remove(visit.asker(), id);
            case "watch" -> searches.change(visit.asker(), id, null, true);
            default -> searches.change(visit.asker(), id, null, false);
        }
        visit.goTo("/alerts#kept");
    }
}
