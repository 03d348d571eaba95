package ai.cscx.chorus.web;

import ai.cscx.chorus.alert.NewSearch;
import ai.cscx.chorus.alert.SavedSearch;
import ai.cscx.chorus.alert.SavedSearches;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.SavedSearchId;
import ai.cscx.chorus.call.Side;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The searches that the asker keeps. */
final class SavedSearchRoutes {
    private final SavedSearches searches;

    SavedSearchRoutes(SavedSearches searches) {
        this.searches = searches;
    }

    record SavedSearchView(
            UUID id,
            String name,
            String q,
            @Nullable UUID customerId,
            @Nullable String speaker,
            @Nullable String side,
            boolean alert,
            Instant createdAt) {
        static SavedSearchView of(SavedSearch search) {
            return new SavedSearchView(
                    search.id().value(),
                    search.name(),
                    search.q(),
                    search.customer() == null ? null : search.customer().value(),
                    search.speaker(),
                    search.side() == null ? null : search.side().word(),
                    search.alert(),
                    search.createdAt());
        }
    }

    /**
     * A search to be kept.
     *
     * @param alert true if left out
     */
    record SavedSearchRequest(
            @Nullable String name,
            @Nullable String q,
            @Nullable UUID customerId,
            @Nullable String speaker,
            @Nullable String side,
            @Nullable Boolean alert) {
        NewSearch search() {
            return new NewSearch(
                    Objects.requireNonNullElse(name, ""),
                    Objects.requireNonNullElse(q, ""),
                    customerId == null ? null : new CustomerId(customerId),
                    speaker,
                    side == null ? null : sideOf(side),
                    !Boolean.FALSE.equals(alert));
        }

        private static Side sideOf(String word) {
            return Arrays.stream(Side.values())
                    .filter(side -> side.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new Failure.Rejected(
                            "The search cannot be saved.",
                            List.of(new Problem(
                                    "/side", "is one of " + String.join(", ", Parameters.words(Side.class))))));
        }
    }

    /** What may change; what is left out stays. */
    record SavedSearchChange(
            @Nullable String name, @Nullable Boolean alert) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/searches", "Lists the asker's saved searches, newest first")
                        .answersPagesOf(SavedSearchView.class)
                        .handledBy(this::list),
                Route.post("/api/searches", "Saves a search; calls that come from now on and match it become alerts")
                        .takes(SavedSearchRequest.class)
                        .answers(201, SavedSearchView.class)
                        .handledBy(this::add),
                Route.patch("/api/searches/{id}", "Renames a saved search, or turns its alerts on or off")
                        .takes(SavedSearchChange.class)
                        .answers(200, SavedSearchView.class)
                        .handledBy(this::change),
                Route.delete("/api/searches/{id}", "Forgets a saved search with its alerts")
                        .answersNothing(204)
                        .handledBy(this::remove));
    }

    private void list(Exchange exchange) {
        Parameters query = exchange.query();
        exchange.answer(
                200,
                searches.list(exchange.asker(), query.cursor(), query.limit()).map(SavedSearchView::of));
    }

    private void add(Exchange exchange) {
        NewSearch wanted = exchange.body(SavedSearchRequest.class).search();
        SavedSearch added = searches.add(exchange.asker(), wanted);
        exchange.created(SavedSearchView.of(added), "/api/searches/" + added.id());
    }

    private void change(Exchange exchange) {
        SavedSearchId id = SavedSearchId.parse(exchange.path("id"));
        ObjectNode sent = exchange.body(ObjectNode.class);
        List<Problem> fixed = List.of("q", "customerId", "speaker", "side").stream()
                .filter(sent::has)
                .map(field -> new Problem("/" + field, "stays as it is; save another search"))
                .toList();
        if (!fixed.isEmpty()) {
            throw new Failure.Rejected("The search cannot be changed like this.", fixed);
        }
        SavedSearchChange change = WireJson.read(WireJson.bytes(sent), SavedSearchChange.class);
        exchange.answer(200, SavedSearchView.of(searches.change(exchange.asker(), id, change.name(), change.alert())));
    }

    private void remove(Exchange exchange) {
        searches.remove(exchange.asker(), SavedSearchId.parse(exchange.path("id")));
        exchange.nothing();
    }
}
