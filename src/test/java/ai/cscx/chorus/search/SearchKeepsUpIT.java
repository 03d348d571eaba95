package ai.cscx.chorus.search;

import static ai.cscx.chorus.search.SearchRig.FILLER;
import static ai.cscx.chorus.search.SearchRig.HARBOR;
import static ai.cscx.chorus.search.SearchRig.NORTHWIND;
import static ai.cscx.chorus.search.SearchRig.STARTED;
import static ai.cscx.chorus.search.SearchRig.call;
import static ai.cscx.chorus.search.SearchRig.external;
import static ai.cscx.chorus.search.SearchRig.internal;
import static ai.cscx.chorus.search.SearchRig.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.access.Portfolio.Visible;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.IndexedCall;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the index keeps up, pages, and takes what it is not meant for. */
class SearchKeepsUpIT {
    private final SearchRig rig = SearchRig.shared();

    @AfterEach
    void forget() {
        rig.forget();
    }

    @Test
    void index_again_changesNothing() {
        IndexedCall call = call(NORTHWIND, external("The discount is fine."));

        assertThat(rig.index(call)).isEqualTo(1);
        assertThat(rig.index(call)).isEqualTo(1);

        assertThat(rig.search.passages()).isEqualTo(1);
        assertThat(rig.hits("discount")).hasSize(1);
    }

    @Test
    void index_withFewerPassages_leavesNoneBehind() {
        CallId id = new CallId(UUID.randomUUID());
        IndexedCall longer = call(id, NORTHWIND, List.of(external("discount " + FILLER), external("budget " + FILLER)));
        IndexedCall shorter = call(id, NORTHWIND, List.of(external("discount only")));

        assertThat(rig.index(longer)).isEqualTo(2);
        assertThat(rig.index(shorter)).isEqualTo(1);
        assertThat(rig.hits("budget")).isEmpty();
        assertThat(rig.search.passages()).isEqualTo(1);

        assertThat(rig.index(longer)).isEqualTo(2);
        rig.search.index(shorter, 0);
        rig.search.refresh();
        assertThat(rig.search.passages()).isEqualTo(1);
        assertThat(rig.index(call(id, NORTHWIND, List.of()))).isZero();
        assertThat(rig.search.passages()).isZero();
    }

    @Test
    void index_callWithoutAnythingOptional_isFound() {
        CallId id = new CallId(UUID.randomUUID());
        rig.index(new IndexedCall(
                id,
                "7",
                null,
                null,
                null,
                null,
                STARTED,
                null,
                null,
                0,
                new Transcript(
                        null, List.of(new Utterance(3, null, null, Side.UNKNOWN, 5, 5, " The discount ", true)))));

        Hit hit = rig.only("discount");
        assertThat(hit.highlight()).isEqualTo(" The <mark>discount</mark> ");
        assertThat(hit.speaker()).isNull();
        assertThat(hit.url()).isNull();
        assertThat(hit.customer()).isNull();
    }

    @Test
    void search_pages_showEveryHitOnce() {
        List<Utterance> utterances = IntStream.range(0, 120)
                .mapToObj(i -> switch (i % 4) {
                    case 1 -> external("A discount number " + i + ".");
                    case 3 -> external("Fine then.");
                    default -> internal(FILLER);
                })
                .toList();
        rig.index(call(NORTHWIND, utterances.toArray(Utterance[]::new)));
        assertThat(rig.search.passages()).isGreaterThan(25);

        List<Integer> whole = rig.hits(request("discount").withLimit(200)).stream()
                .map(Hit::utterance)
                .toList();
        assertThat(whole).doesNotHaveDuplicates().hasSizeGreaterThan(25);
        for (int limit : List.of(1, 2, 7, 29, 30)) {
            List<Integer> paged = new ArrayList<>();
            String cursor = null;
            do {
                SearchResult page = rig.search.search(
                        SearchRig.ASKER,
                        request("discount").withLimit(limit).after(cursor).build());
                assertThat(page.hits()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
                page.hits().forEach(hit -> paged.add(hit.utterance()));
                cursor = page.nextCursor();
            } while (cursor != null);
            assertThat(paged).isEqualTo(whole);
        }
    }

    @Test
    void search_callsThatArriveBetweenPages_repeatNothing() {
        for (int i = 0; i < 6; i++) {
            rig.index(NORTHWIND, external("The discount again and again " + "really ".repeat(i)));
        }
        SearchResult first = rig.search.search(
                SearchRig.ASKER, request("discount").withLimit(3).build());
        rig.index(HARBOR, external("discount"));
        SearchResult second = rig.search.search(
                SearchRig.ASKER,
                request("discount").withLimit(3).after(first.nextCursor()).build());

        assertThat(first.hits()).hasSize(3);
        assertThat(second.hits())
                .extracting(Hit::call)
                .doesNotContainAnyElementsOf(
                        first.hits().stream().map(Hit::call).toList());
    }

    @Test
    void search_pageAfterAPassageThatIsGone_goesOn() {
        CallId best = rig.index(NORTHWIND, external("discount discount discount"));
        rig.index(NORTHWIND, external("The discount is fine, they say"));
        SearchResult first = rig.search.search(
                SearchRig.ASKER, request("discount").withLimit(1).build());
        rig.search.remove(best, 1);
        rig.search.refresh();

        SearchResult second = rig.search.search(
                SearchRig.ASKER,
                request("discount").withLimit(1).after(first.nextCursor()).build());

        assertThat(first.hits()).extracting(Hit::call).containsExactly(best);
        assertThat(second.hits()).hasSize(1).extracting(Hit::call).doesNotContain(best);
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void search_cursorThatIsNone_isRefused() {
        for (String cursor : List.of("x", "%%%", "c2VhcmNo", new Place.End(new Place(Double.NaN, "a"), 0).cursor())) {
            assertThatThrownBy(() -> rig.search.search(
                            SearchRig.ASKER, request("discount").after(cursor).build()))
                    .isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void search_modes_sayWhatTheyDid() {
        assertThat(rig.search
                        .search(
                                SearchRig.ASKER,
                                request("discount").withMode(Mode.HYBRID).build())
                        .mode())
                .isEqualTo(Mode.LEXICAL);
        assertThatThrownBy(() -> rig.search.search(
                        SearchRig.ASKER,
                        request("discount").withMode(Mode.SEMANTIC).build()))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageContaining("lexical or hybrid");
    }

    static List<String> naughty() {
        List<String> strings = new ArrayList<>(List.of(
                "*",
                "?",
                "dis*",
                "*:*",
                "text:discount",
                "disc~2",
                "discount^9",
                "[a TO b]",
                "{a TO *}",
                "/dis.*/",
                "a AND OR NOT b",
                "&& || !",
                "\\",
                "\\\"",
                "\"",
                "\"\"\"",
                "-",
                "--",
                "-\"",
                "-\"\"",
                "()",
                "(a",
                "(".repeat(500),
                "\ud83d\ude42",
                "\ud83d\ude42 discount \ud83d",
                "\ud800",
                "\0",
                "a\0b",
                "\uE000x\uE001",
                "\u202ediscount",
                "<script>alert(1)</script>",
                "' OR 1=1 --",
                "{\"match_all\":{}}",
                "${jndi:ldap://x}",
                "價格 討論",
                "خصم",
                "e\u0301te\u0301",
                "\ufeff",
                "\u00a0",
                "NaN",
                "null",
                "1e999",
                "%00",
                "%s%n",
                "../../etc",
                "a ".repeat(500),
                "9".repeat(1000),
                "x".repeat(1000),
                "\"" + "a ".repeat(499) + "\"",
                "the of and",
                "\"the\"",
                "\"!!!\" discount",
                "€",
                "discount -€",
                "don't",
                "C++ C#",
                "a".repeat(1001)));
        return strings;
    }

    @ParameterizedTest
    @MethodSource("naughty")
    void search_naughtyString_isAnsweredOrMalformed(String q) {
        for (Requests request : List.of(
                request(q),
                request(q).withSide(Side.EXTERNAL),
                request("discount").withSpeaker(q))) {
            try {
                rig.search.search(SearchRig.ASKER, request.build());
            } catch (Failure.Malformed advised) {
                assertThat(advised).hasMessageContaining("The question");
            }
        }
        rig.index(NORTHWIND, external("x " + q + " y"), internal("discount"));
        assertThat(rig.hits("discount")).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void anything_withOpenSearchAway_saysSo() {
        URI nobody = URI.create("http://127.0.0.1:" + OpenSearchNode.freePort());
        try (Search away = new Search(nobody, asker -> new Visible.Everything(), null)) {
            assertThat(away.check().ok()).isFalse();
            assertUnavailable(away::start);
            assertUnavailable(
                    () -> away.search(SearchRig.ASKER, request("discount").build()));
            assertUnavailable(() -> away.index(call(NORTHWIND, external("discount")), 0));
            assertUnavailable(() -> away.remove(new CallId(UUID.randomUUID()), 3));
            assertUnavailable(away::refresh);
            assertUnavailable(away::passages);
            assertThat(away.check().detail()).startsWith("The search index does not answer");
        }
        assertThat(rig.search.check().ok()).isTrue();
    }

    private static void assertUnavailable(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOf(Failure.Unavailable.class)
                .hasMessageStartingWith("The search index does not answer; ");
    }
}
