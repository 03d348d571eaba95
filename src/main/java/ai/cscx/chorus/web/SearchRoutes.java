package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.CallFilter;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.search.Facets;
import ai.cscx.chorus.search.Hit;
import ai.cscx.chorus.search.Mode;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.search.SearchRequest;
import ai.cscx.chorus.search.SearchResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Search over everything that was said. */
final class SearchRoutes {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Search search;
    private final Calls calls;

    SearchRoutes(Search search, Calls calls) {
        this.search = search;
        this.calls = calls;
    }

    /**
     * @param mode how it was found, which may be less than was asked for
     * @param facets null unless asked for
     */
    record Found(
            List<Passage> items,
            @Nullable String nextCursor,
            Coverage coverage,
            String mode,
            long tookMs,
            @Nullable FacetCounts facets) {}

    /** Passages by customer, speaker, month and side; what is near in meaning alone is not counted. */
    record FacetCounts(List<CustomerFacet> customers, List<Facet> speakers, List<Facet> months, List<Facet> sides) {
        static FacetCounts of(Facets facets) {
            return new FacetCounts(
                    facets.customers().stream()
                            .map(count -> new CustomerFacet(count.id().value(), count.name(), count.passages()))
                            .toList(),
                    facets.speakers().stream()
                            .map(count -> new Facet(count.name(), count.passages()))
                            .toList(),
                    facets.months().stream()
                            .map(count -> new Facet(count.month().toString(), count.passages()))
                            .toList(),
                    facets.sides().stream()
                            .map(count -> new Facet(count.side().word(), count.passages()))
                            .toList());
        }
    }

    record CustomerFacet(UUID id, String name, long count) {}

    record Facet(String value, long count) {}

    /**
     * A passage, and the one utterance in it that answers best.
     *
     * @param highlight the best utterance as HTML, everything escaped, what was found in mark elements
     * @param url the recording at the second where the best utterance begins
     * @param quote the best utterance as it was said
     */
    record Passage(
            UUID callId,
            String externalId,
            @Nullable String title,
            @Nullable CustomerName customer,
            Instant startedAt,
            @Nullable String speaker,
            String side,
            int utteranceFrom,
            int utteranceTo,
            double startSeconds,
            double endSeconds,
            String text,
            String highlight,
            int utterance,
            double utteranceStartSeconds,
            String quote,
            @Nullable String url,
            double score) {
        static Passage of(Hit hit) {
            return new Passage(
                    hit.call().value(),
                    hit.externalId(),
                    hit.title(),
                    CustomerName.of(hit.customer(), hit.customerName()),
                    hit.startedAt(),
                    hit.speaker(),
                    hit.side().word(),
                    hit.utteranceFrom(),
                    hit.utteranceTo(),
                    Meeting.seconds(hit.startMs()),
                    Meeting.seconds(hit.endMs()),
                    hit.text(),
                    hit.highlight(),
                    hit.utterance(),
                    Meeting.seconds(hit.utteranceStartMs()),
                    hit.quote(),
                    hit.url(),
                    hit.score());
        }
    }

    /**
     * What the search could look into, within customer and range.
     *
     * @param callsWaiting have a transcript that is not in the search index yet
     * @param vectorShare 0 to 1: how much has vectors, so that it can be found by meaning
     */
    record Coverage(long callsSearched, long callsWithoutTranscript, long callsWaiting, double vectorShare) {}

    /** Which calls to write to the search index again; null = all. */
    record ReindexRequest(@Nullable UUID callId, @Nullable UUID customerId) {}

    /**
     * @param calls how many are written again, in the background
     */
    record Reindexed(int calls) {}

    List<Route> routes() {
        return List.of(
                search(),
                Route.post("/api/chorus/search/reindex", "Writes a call, a customer's calls or all to the index again")
                        .access(Access.ADMIN)
                        .mayTake(ReindexRequest.class)
                        .answers(202, Reindexed.class)
                        .handledBy(this::reindex));
    }

    private void reindex(Exchange exchange) {
        ReindexRequest body = exchange.optionalBody(ReindexRequest.class);
        UUID call = body == null ? null : body.callId();
        UUID customer = body == null ? null : body.customerId();
        int due = calls.reindex(
                exchange.asker(),
                call == null ? null : new CallId(call),
                customer == null ? null : new CustomerId(customer));
        exchange.answer(202, new Reindexed(due));
    }

    private Route search() {
        return Route.get(
                        "/api/chorus/search",
                        "Finds passages in everything that was said; \"exact phrases\" and -not work")
                .query(
                        QueryParameter.text("q", "What to look for").must(),
                        QueryParameter.CUSTOMER,
                        QueryParameter.FROM,
                        QueryParameter.TO,
                        QueryParameter.text("speaker", "Full or first name, in any case"),
                        QueryParameter.oneOf("side", "On whose side it was said", Parameters.words(Side.class)),
                        QueryParameter.oneOf("mode", "hybrid if left out", Parameters.words(Mode.class)),
                        QueryParameter.flag("facets", "Whether to count by customer, speaker, month and side, too"),
                        QueryParameter.LIMIT,
                        QueryParameter.CURSOR)
                .answers(200, Found.class)
                .handledBy(this::search);
    }

    private void search(Exchange exchange) {
        Asker asker = exchange.asker();
        Parameters query = exchange.query();
        SearchRequest request = new SearchRequest(
                query.required("q"),
                query.customers(),
                query.range(),
                query.text("speaker"),
                query.side(),
                null,
                null,
                Objects.requireNonNullElse(query.word("mode", Mode.class), Mode.HYBRID),
                SearchRequest.Need.SOME,
                query.limit(),
                query.cursor());
        // Both at once: to count the calls takes PostgreSQL about as long as to find passages takes OpenSearch.
        FutureTask<Coverage> coverage =
                Promptly.begin(() -> coverage(asker, CallFilter.of(request.customers(), request.range())));
        FutureTask<FacetCounts> facets = Boolean.TRUE.equals(query.flag("facets"))
                ? Promptly.begin(() -> FacetCounts.of(search.facets(asker, request)))
                : null;
        SearchResult result = search.search(asker, request);
        exchange.serverTiming("index", result.indexMs());
        exchange.answer(
                200,
                new Found(
                        result.hits().stream().map(Passage::of).toList(),
                        result.nextCursor(),
                        Promptly.within(PATIENCE, coverage),
                        result.mode().word(),
                        result.tookMs(),
                        facets == null ? null : Promptly.within(PATIENCE, facets)));
    }

    private Coverage coverage(Asker asker, CallFilter scope) {
        Calls.Coverage coverage = calls.coverage(asker, scope);
        return new Coverage(
                coverage.searched(), coverage.withoutTranscript(), coverage.waiting(), coverage.vectorShare());
    }
}
