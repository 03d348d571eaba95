package ai.cscx.chorus.search;

import static ai.cscx.chorus.search.SearchRig.ASKER;
import static ai.cscx.chorus.search.SearchRig.external;
import static ai.cscx.chorus.search.SearchRig.internal;
import static ai.cscx.chorus.search.SearchRig.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.cscx.chorus.TestServers;
import ai.cscx.chorus.access.Portfolio.Visible;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.IndexedCall;
import ai.cscx.chorus.call.Side;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Search by meaning on real k-NN, with a model small enough to be understood: it knows two topics. */
class MeaningIT {
    private static final CustomerId OURS = new CustomerId(UUID.randomUUID());
    private static final CustomerId THEIRS = new CustomerId(UUID.randomUUID());
    private static final TwoTopics MODEL = new TwoTopics();
    private static Visible visible = SearchRig.only(OURS);
    private static Search search;
    private static IndexedCall cheaper;

    @BeforeAll
    static void start() {
        search = new Search(TestServers.get().openSearch(), asker -> visible, MODEL);
        search.start();
        assertThat(search.prepareVectors()).isPresent();
        assertThat(search.prepareVectors()).isEqualTo(search.prepareVectors());
        cheaper = SearchRig.call(OURS, external("They would like it to be cheaper than last year."));
        IndexedCall weather = SearchRig.call(OURS, external("It rains in Lisbon again."));
        IndexedCall foreign = SearchRig.call(THEIRS, external("Cheaper, or we leave."));
        for (IndexedCall call : List.of(cheaper, weather, foreign)) {
            search.index(call, 0);
            search.indexMeaning(call);
        }
        search.refresh();
        await().until(() -> !hits(Mode.SEMANTIC, SearchRequest.Need.SOME).isEmpty());
    }

    @AfterAll
    static void stop() {
        search.remove(cheaper.id(), 1);
        search.close();
    }

    @Test
    void search_byMeaning_findsWhatNoWordNames_withinThePortfolio() {
        for (Mode mode : List.of(Mode.SEMANTIC, Mode.HYBRID)) {
            List<Hit> hits = hits(mode, SearchRequest.Need.SOME);

            assertThat(hits).as(mode.word()).extracting(Hit::call).containsExactly(cheaper.id());
            assertThat(hits.getFirst().quote()).isEqualTo("They would like it to be cheaper than last year.");
            assertThat(hits.getFirst().highlight()).doesNotContain("<mark>");
        }
        assertThat(hits(Mode.LEXICAL, SearchRequest.Need.SOME)).isEmpty();
    }

    @Test
    void search_forEvidence_findsNothingByMeaningAlone() {
        assertThat(hits(Mode.HYBRID, SearchRequest.Need.MOST)).isEmpty();
    }

    @Test
    void search_forEvidenceOfOneSide_takesNoWordsOfTheOther() {
        CustomerId customer = new CustomerId(UUID.randomUUID());
        IndexedCall call = SearchRig.call(customer, internal("We can make it cheaper."), external("Let me think."));
        visible = SearchRig.only(customer);
        try {
            search.index(call, 0);
            search.indexMeaning(call);
            search.refresh();
            Requests external = request("cheaper").withSide(Side.EXTERNAL).withMode(Mode.HYBRID);
            await().until(() -> search.search(
                                    ASKER,
                                    external.withNeed(SearchRequest.Need.SOME).build())
                            .hits()
                            .size()
                    == 1);

            assertThat(search.search(
                                    ASKER,
                                    external.withNeed(SearchRequest.Need.MOST).build())
                            .hits())
                    .isEmpty();
        } finally {
            visible = SearchRig.only(OURS);
            search.remove(call.id(), 1);
        }
    }

    @Test
    void search_withExclusion_leavesOutWhatWasFoundByMeaning() {
        SearchResult result = search.search(
                ASKER,
                request("discount -cheaper")
                        .withMode(Mode.HYBRID)
                        .withNeed(SearchRequest.Need.SOME)
                        .build());

        assertThat(result.hits()).isEmpty();
    }

    @Test
    void search_modelAway_goesByWordsAndSaysSo() {
        MODEL.away = true;
        try {
            SearchResult result = search.search(
                    ASKER,
                    request("cheaper")
                            .withMode(Mode.HYBRID)
                            .withNeed(SearchRequest.Need.SOME)
                            .build());

            assertThat(result.mode()).isEqualTo(Mode.LEXICAL);
            assertThat(result.hits()).hasSize(1);
            assertThatThrownBy(() -> hits(Mode.SEMANTIC, SearchRequest.Need.SOME))
                    .isInstanceOf(Failure.Unavailable.class);
        } finally {
            MODEL.away = false;
        }
    }

    private static List<Hit> hits(Mode mode, SearchRequest.Need need) {
        return search.search(
                        ASKER, request("discount").withMode(mode).withNeed(need).build())
                .hits();
    }

    /** Prices one way, weather the other. */
    private static final class TwoTopics implements Embedder {
        private volatile boolean away;

        @Override
        public int dimensions() {
            return 2;
        }

        @Override
        public String name() {
            return "two-topics-" + OURS;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            if (away) {
                throw new Failure.Unavailable("The model of the test is away.");
            }
            return texts.stream()
                    .map(text -> text.contains("discount")
                                    || text.toLowerCase(java.util.Locale.ROOT).contains("cheaper")
                            ? new float[] {1, 0}
                            : new float[] {0, 1})
                    .toList();
        }

        @Override
        public void close() {}
    }
}
