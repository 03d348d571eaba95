package ai.cscx.chorus.search;

import static ai.cscx.chorus.search.SearchRig.FILLER;
import static ai.cscx.chorus.search.SearchRig.HARBOR;
import static ai.cscx.chorus.search.SearchRig.NORTHWIND;
import static ai.cscx.chorus.search.SearchRig.STARTED;
import static ai.cscx.chorus.search.SearchRig.call;
import static ai.cscx.chorus.search.SearchRig.external;
import static ai.cscx.chorus.search.SearchRig.internal;
import static ai.cscx.chorus.search.SearchRig.request;
import static ai.cscx.chorus.search.SearchRig.utterance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.cscx.chorus.access.Portfolio.Visible;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.IndexedCall;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Utterance;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is found, and for whom, in a real OpenSearch. */
class SearchIT {
    private final SearchRig rig = SearchRig.shared();

    @AfterEach
    void forget() {
        rig.forget();
    }

    @Test
    void search_findsTheUtteranceThatAnswersBest() {
        CallId call = rig.index(
                NORTHWIND,
                internal("Thanks for joining."),
                external("We need a discount."),
                external("Without a volume discount the renewal is <b>at risk</b> & that's \"final\"."),
                internal("Understood."));

        Hit hit = rig.only("what did they say about a discount for the renewal?");

        assertThat(hit.call()).isEqualTo(call);
        assertThat(hit.utterance()).isEqualTo(2);
        assertThat(hit.quote())
                .isEqualTo("Without a volume discount the renewal is <b>at risk</b> & that's \"final\".");
        assertThat(hit.highlight())
                .isEqualTo("Without a volume <mark>discount</mark> the <mark>renewal</mark> is"
                        + " &lt;b&gt;at risk&lt;/b&gt; &amp; that&#39;s &quot;final&quot;.");
        assertThat(hit.text()).startsWith("Thanks for joining.\nWe need").endsWith("Understood.");
        assertThat(hit.speaker()).isEqualTo("Paula Reyes");
        assertThat(hit.side()).isEqualTo(Side.EXTERNAL);
        assertThat(hit.utteranceStartMs()).isEqualTo(20_700);
        assertThat(hit.url()).isEqualTo("https://chorus.example/meeting/7?t=20");
        assertThat(hit.startedAt()).isEqualTo(STARTED);
        assertThat(hit.customer()).isEqualTo(NORTHWIND);
        assertThat(List.of(hit.utteranceFrom(), hit.utteranceTo())).containsExactly(0, 3);
        assertThat(hit.endMs()).isEqualTo(40_000);
        assertThat(hit.score()).isPositive();
    }

    @Test
    void search_markCharactersInWords_marksOnlyWhatWasFound() {
        rig.index(NORTHWIND, external("A \uE000fake\uE001 <mark>mark</mark> about pricing."));

        assertThat(rig.only("pricing").highlight())
                .isEqualTo("A fake &lt;mark&gt;mark&lt;/mark&gt; about <mark>pricing</mark>.");
    }

    @Test
    void search_absentTopic_findsNothing() {
        rig.index(NORTHWIND, external("The pricing of the renewal is fine and the rollout goes well."));

        assertThat(rig.hits("kubernetes")).isEmpty();
        assertThat(rig.hits("kubernetes pricing")).isEmpty();
        assertThat(rig.hits("pricing for kubernetes blockchain")).isEmpty();
        assertThat(rig.hits("kubernetes blockchain pricing renewal")).isEmpty();
        assertThat(rig.hits("kubernetes pricing renewal")).hasSize(1);
    }

    @Test
    void search_customersName_countsAsAWordButIsNotEnough() {
        rig.index(NORTHWIND, external("The pricing is fine."));

        assertThat(rig.hits("Northwind pricing")).hasSize(1);
        assertThat(rig.hits("Northwind")).isEmpty();
        assertThat(rig.hits("Northwind kubernetes")).isEmpty();
    }

    @Test
    void search_inflections_areOneWord() {
        rig.index(NORTHWIND, external("They were renewing their contracts."));

        assertThat(rig.only("renew contract").highlight())
                .isEqualTo("They were <mark>renewing</mark> their <mark>contracts</mark>.");
    }

    @Test
    void search_phrase_isFoundAsItIsWithinOneUtterance() {
        CallId call = rig.index(NORTHWIND, external("A volume discount, please."), internal("Prices were discussed."));
        rig.index(NORTHWIND, external("The discount depends on volume"), internal("discount levels follow."));

        assertThat(rig.only("\"volume discount\"").call()).isEqualTo(call);
        assertThat(rig.only("\"volume discount\"").highlight())
                .isEqualTo("A <mark>volume</mark> <mark>discount</mark>, please.");
        assertThat(rig.hits("\"volume discounts\"")).isEmpty();
        assertThat(rig.hits("\"please prices\"")).isEmpty();
        assertThat(rig.only("\"Prices were\" discount").utterance()).isEqualTo(1);
    }

    @Test
    void search_minus_leavesOut() {
        CallId call = rig.index(NORTHWIND, external("The discount is fine."));
        rig.index(NORTHWIND, external("The discount and the budget are an open question."));

        assertThat(rig.hits("discount")).hasSize(2);
        assertThat(rig.only("discount -budget").call()).isEqualTo(call);
        assertThat(rig.only("discount -\"open question\"").call()).isEqualTo(call);
        assertThat(rig.hits("discount -\"question open\"")).hasSize(2);
        assertThat(rig.only("discount -and").call()).isEqualTo(call);
    }

    @Test
    void search_sideAndSpeaker_meanWhoSaidIt() {
        CallId call = rig.index(
                NORTHWIND,
                internal("The discount is ten percent."),
                external("And the migration?"),
                utterance("Omar Haddad", Side.EXTERNAL, "The discount could be higher."));
        rig.index(NORTHWIND, internal("The discount stays."), external("A pity."));

        assertThat(rig.hits("discount")).hasSize(2);
        Hit external = rig.only(request("discount").withSide(Side.EXTERNAL));
        assertThat(external.call()).isEqualTo(call);
        assertThat(external.quote()).isEqualTo("The discount could be higher.");
        assertThat(rig.only(request("discount").withSpeaker("omar HADDAD")).utterance())
                .isEqualTo(2);
        assertThat(rig.only(request("discount percent").withSpeaker("Omar")).utterance())
                .isEqualTo(2);
        assertThat(rig.hits(request("discount").withSpeaker("Paula"))).isEmpty();
        assertThat(rig.hits(request("discount").withSpeaker("Haddad"))).isEmpty();
        assertThat(rig.hits(request("\"the discount\"").withSpeaker("Omar").withSide(Side.INTERNAL)))
                .isEmpty();
        assertThat(rig.only(request("\"the discount could\"").withSide(Side.EXTERNAL))
                        .call())
                .isEqualTo(call);
    }

    @Test
    void search_speaker_looksBeyondPassagesWhereOthersSayIt() {
        rig.index(
                NORTHWIND,
                IntStream.range(0, 130)
                        .mapToObj(i -> i % 2 == 0
                                ? internal("The discount once more, number " + i + ". " + FILLER)
                                : external("Hm, number " + i + ". " + FILLER))
                        .toArray(Utterance[]::new));
        CallId last = rig.index(NORTHWIND, external("We need that discount. " + FILLER));

        assertThat(rig.hits("discount")).as("a full page").hasSize(50);
        assertThat(rig.only(request("discount").withSide(Side.EXTERNAL)).call()).isEqualTo(last);
    }

    @Test
    void search_anotherLanguage_findsItsInflections() {
        IndexedCall german = SearchRig.call(
                "de-AT", new CallId(UUID.randomUUID()), NORTHWIND, List.of(external("Die Verträge sind da.")));
        rig.index(german);
        rig.search.prepare();

        assertThat(rig.only("Vertrag").call()).isEqualTo(german.id());
        assertThat(rig.only("Vertrag").highlight()).isEqualTo("Die <mark>Verträge</mark> sind da.");
    }

    @Test
    void search_hundredsOfWords_isAnswered() {
        CallId call = rig.index(NORTHWIND, external("The discount is fine."));
        String q = "discount " + IntStream.range(0, 240).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

        assertThat(rig.hits(request(q.substring(0, 1_000)).withNeed(SearchRequest.Need.SOME)))
                .isEmpty();
        assertThat(rig.only("discount ".repeat(110).strip()).call()).isEqualTo(call);
    }

    @Test
    void facets_countWhatTheAskerMaySee() {
        rig.index(NORTHWIND, internal("The discount is ten percent."), external("A discount of twenty."));
        rig.index(HARBOR, internal("No discount here."));
        rig.index(HARBOR, internal("Something else."));

        Facets all = rig.search.facets(SearchRig.ASKER, request("discount").build());
        assertThat(all.customers())
                .extracting(Facets.CustomerCount::id, Facets.CustomerCount::passages)
                .containsExactlyInAnyOrder(tuple(NORTHWIND, 1L), tuple(HARBOR, 1L));
        assertThat(all.sides())
                .extracting(Facets.SideCount::side, Facets.SideCount::passages)
                .containsExactly(tuple(Side.INTERNAL, 2L), tuple(Side.EXTERNAL, 1L));
        assertThat(all.months()).containsExactly(new Facets.MonthCount(YearMonth.of(2026, 10), 2));
        assertThat(all.speakers()).extracting(Facets.SpeakerCount::name).contains("Paula Reyes");
        rig.visible = SearchRig.only(HARBOR);
        Facets own = rig.search.facets(SearchRig.ASKER, request("discount").build());
        assertThat(own.customers()).extracting(Facets.CustomerCount::id).containsExactly(HARBOR);
        assertThat(own.speakers()).extracting(Facets.SpeakerCount::name).doesNotContain("Paula Reyes");
        rig.visible = SearchRig.only();
        assertThat(rig.search.facets(SearchRig.ASKER, request("discount").build()))
                .isEqualTo(Facets.NONE);
    }

    @Test
    void search_otherFilters_narrow() {
        CallId call = rig.index(NORTHWIND, external("The discount is fine."));
        rig.index(HARBOR, external("The discount is not fine."));

        assertThat(rig.only(request("discount").withCustomers(NORTHWIND)).call())
                .isEqualTo(call);
        assertThat(rig.hits(request("discount").withCustomers(NORTHWIND, HARBOR)))
                .hasSize(2);
        assertThat(rig.only(request("discount").withCall(call)).call()).isEqualTo(call);
        assertThat(rig.hits(request("discount").withOwner("dana"))).hasSize(2);
        assertThat(rig.hits(request("discount").withOwner("nobody"))).isEmpty();
        assertThat(rig.hits(request("discount").withRange(new TimeRange(STARTED, STARTED.plusSeconds(1)))))
                .hasSize(2);
        assertThat(rig.hits(request("discount").withRange(new TimeRange(STARTED.plusMillis(1), null))))
                .isEmpty();
        assertThat(rig.hits(request("discount").withRange(new TimeRange(null, STARTED))))
                .isEmpty();
        assertThat(rig.hits(request("discount").withRange(new TimeRange(Instant.MIN, Instant.MAX))))
                .hasSize(2);
    }

    @Test
    void search_portfolioOfThousands_findsItsOwnAlone() {
        rig.index(NORTHWIND, external("The discount is fine."));
        rig.index(HARBOR, external("The discount is not fine."));
        CustomerId[] many = Stream.concat(Stream.of(HARBOR), Stream.generate(() -> new CustomerId(UUID.randomUUID())))
                .limit(3_000)
                .toArray(CustomerId[]::new);

        rig.visible = SearchRig.only(many);
        assertThat(rig.hits("discount")).extracting(Hit::customer).containsExactly(HARBOR);
        rig.visible = SearchRig.only(Stream.of(many).skip(1).toArray(CustomerId[]::new));
        assertThat(rig.hits("discount")).isEmpty();
    }

    @Test
    void search_numberThatTheIndexKnowsAsAnothers_findsNothingOfTheirs() {
        rig.index(NORTHWIND, external("The discount is fine."));
        Map<CustomerId, Integer> many = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            many.put(new CustomerId(UUID.randomUUID()), 1 + i);
        }
        many.put(HARBOR, SearchRig.number(NORTHWIND));

        rig.visible = new Visible.Only(many);

        assertThat(rig.hits("discount")).isEmpty();
        assertThat(rig.search
                        .facets(SearchRig.ASKER, request("discount").build())
                        .customers())
                .isEmpty();
    }

    @Test
    void search_portfolio_boundsEverything() {
        rig.index(NORTHWIND, external("The discount is fine."));
        rig.index(HARBOR, external("The discount is not fine."));
        rig.index(null, external("The discount of nobody."));

        assertThat(rig.hits("discount")).hasSize(3);
        rig.visible = new Visible.AllCustomers();
        assertThat(rig.hits("discount")).extracting(Hit::customer).containsOnly(NORTHWIND, HARBOR);
        rig.visible = SearchRig.only(HARBOR);
        assertThat(rig.hits("discount")).extracting(Hit::customer).containsExactly(HARBOR);
        assertThat(rig.hits(request("discount").withCustomers(NORTHWIND))).isEmpty();
        assertThat(rig.hits(request("discount").withCustomers(NORTHWIND, HARBOR)))
                .hasSize(1);
        rig.visible = SearchRig.only();
        assertThat(rig.hits("discount")).isEmpty();
    }
}
