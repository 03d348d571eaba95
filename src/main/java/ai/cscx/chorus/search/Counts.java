package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.search.Facets.CustomerCount;
import ai.cscx.chorus.search.Facets.MonthCount;
import ai.cscx.chorus.search.Facets.SideCount;
import ai.cscx.chorus.search.Facets.SpeakerCount;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.opensearch.client.opensearch._types.aggregations.Aggregate;
import org.opensearch.client.opensearch._types.aggregations.Aggregation;
import org.opensearch.client.opensearch._types.aggregations.CalendarInterval;
import org.opensearch.client.opensearch._types.aggregations.StringTermsBucket;
import org.opensearch.client.opensearch.core.SearchResponse;

/** Counts passages by what is known of them. */
final class Counts {
    private static final int MOST = 50;
    private static final String CUSTOMERS = "customers";
    private static final String NAME = "name";
    private static final String SPEAKERS = "speakers";
    private static final String MONTHS = "months";
    private static final String SIDES = "sides";
    private static final String LANGUAGES = "languages";
    /** Each takes four parts of a query for each word, of which OpenSearch takes 1,024 in all. */
    private static final int MOST_LANGUAGES = 3;

    private Counts() {}

    /** What a question finds by customer, speaker, month and side, in one request. */
    static Facets facets(OpenSearchConnection connection, PassageQuery question, ZoneId zone) {
        Aggregation name = terms("customerName.keyword", 1);
        SearchResponse<Void> response = connection.ask(client -> client.search(
                search -> search.index(Indexes.PASSAGES)
                        .query(question.query())
                        .size(0)
                        .timeout(OpenSearchConnection.PATIENCE)
                        .allowPartialSearchResults(false)
                        .trackTotalHits(track -> track.enabled(false))
                        .aggregations(
                                CUSTOMERS,
                                Aggregation.of(all -> all.terms(
                                                by -> by.field("customerId").size(MOST))
                                        .aggregations(NAME, name)))
                        .aggregations(SPEAKERS, terms("speakerNames", MOST))
                        .aggregations(SIDES, terms("sides", MOST))
                        .aggregations(
                                MONTHS,
                                Aggregation.of(all -> all.dateHistogram(by -> by.field("startedAt")
                                        .calendarInterval(CalendarInterval.Month)
                                        .format("yyyy-MM")
                                        .timeZone(zone.getId())
                                        .minDocCount(1)))),
                Void.class));
        OpenSearchConnection.requireWhole(response.timedOut(), response.shards().failed());
        Map<String, Aggregate> counts = response.aggregations();
        return new Facets(
                buckets(counts, CUSTOMERS).stream()
                        .map(bucket -> new CustomerCount(
                                CustomerId.parse(bucket.key()),
                                buckets(bucket.aggregations(), NAME).stream()
                                        .map(StringTermsBucket::key)
                                        .findFirst()
                                        .orElse(""),
                                bucket.docCount()))
                        .filter(count -> question.isAbout(count.id()))
                        .toList(),
                buckets(counts, SPEAKERS).stream()
                        .map(bucket -> new SpeakerCount(bucket.key(), bucket.docCount()))
                        .toList(),
                found(counts, MONTHS).dateHistogram().buckets().array().stream()
                        .map(bucket -> new MonthCount(
                                YearMonth.parse(Objects.requireNonNull(bucket.keyAsString(), "months have a format")),
                                bucket.docCount()))
                        .toList(),
                buckets(counts, SIDES).stream()
                        .map(bucket -> new SideCount(Side.valueOf(bucket.key()), bucket.docCount()))
                        .toList());
    }

    /** The most frequent languages of calls but English, of {@link Languages#ALL}. */
    static List<String> languages(OpenSearchConnection connection) {
        SearchResponse<Void> response = connection.ask(client -> client.search(
                search -> search.index(Indexes.PASSAGES)
                        .size(0)
                        .requestCache(true)
                        .trackTotalHits(track -> track.enabled(false))
                        .aggregations(LANGUAGES, terms("language", Languages.ALL.size())),
                Void.class));
        return buckets(response.aggregations(), LANGUAGES).stream()
                .map(bucket -> Languages.of(bucket.key()))
                .filter(Objects::nonNull)
                .distinct()
                .limit(MOST_LANGUAGES)
                .toList();
    }

    private static Aggregation terms(String field, int most) {
        return Aggregation.of(all -> all.terms(by -> by.field(field).size(most)));
    }

    private static Aggregate found(Map<String, Aggregate> counts, String name) {
        return Objects.requireNonNull(counts.get(name), "what was asked for is answered");
    }

    /** Of an index without a document with the field there are none. */
    private static List<StringTermsBucket> buckets(Map<String, Aggregate> counts, String name) {
        Aggregate terms = found(counts, name);
        return terms.isSterms() ? terms.sterms().buckets().array() : List.of();
    }
}
