package ai.cscx.chorus.search;

import ai.cscx.chorus.access.Portfolio.Visible;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TimeRange;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch._types.query_dsl.TermsQueryValueType;
import org.opensearch.client.opensearch._types.query_dsl.TextQueryType;
import org.roaringbitmap.RoaringBitmap;

/**
 * A question as OpenSearch is asked it. What the asker may not see is excluded here, inside the query, so that it can
 * neither be counted nor ranked.
 *
 * @param query which passages, and how good by their words
 * @param eligible what a passage must fulfil however it was found: seen by the asker, said by whom was asked for, with
 *     the phrases and without what was excluded
 * @param calls which calls are about it, and how much
 * @param marks what to mark in passages
 * @param filters what holds for all passages of a call or for none, as every index has it
 * @param only the customers whose calls are meant; null = not limited to some
 */
record PassageQuery(
        Query query,
        Query eligible,
        Query calls,
        Query marks,
        List<Query> filters,
        @Nullable Set<CustomerId> only) {
    private static final String SPEAKERS = "speakers";
    private static final String TEXT = "text";
    private static final String EXACT = "text.exact";
    /** Up to two words: all of them; more: at most four in ten may be missing. So half of them is never enough. */
    private static final String MOST_WORDS = "2<-40%";
    /** A quarter of them, at least one: the best have more. */
    private static final String SOME_WORDS = "25%";
    /** Words as far apart as in "discount on the annual volume" still count as near each other. */
    private static final int NEAR = 4;

    /** From more customers on numbers are worth it. */
    private static final int MANY = 500;

    private static final float TITLE = 0.3f;
    /** The index's date format ends with the year 9999. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * Null if the asker sees nothing of what the request is about, whatever it holds.
     *
     * @param languages other than English that calls are in, of {@link Languages#ALL}
     * @param numbered whether what is read knows customers by number, too; an index of an older version does not
     */
    static @Nullable PassageQuery of(
            Question question, SearchRequest request, Visible visible, List<String> languages, boolean numbered) {
        List<Query> filters = new ArrayList<>();
        Set<CustomerId> only = request.customers().isEmpty() ? null : request.customers();
        switch (visible) {
            case Visible.Everything() -> {
                if (!request.customers().isEmpty()) {
                    filters.add(anyOf("customerId", request.customers()));
                }
            }
            case Visible.AllCustomers() ->
                filters.add(
                        request.customers().isEmpty()
                                ? Query.of(query -> query.exists(exists -> exists.field("customerId")))
                                : anyOf("customerId", request.customers()));
            case Visible.Only some -> {
                Map<CustomerId, Integer> allowed = some.customers();
                if (!request.customers().isEmpty()) {
                    allowed = new HashMap<>(allowed);
                    allowed.keySet().retainAll(request.customers());
                }
                if (allowed.isEmpty()) {
                    return null;
                }
                boolean many = numbered && allowed.size() > MANY;
                filters.add(many ? anyNumber(allowed.values()) : anyOf("customerId", allowed.keySet()));
                only = allowed.keySet();
            }
        }
        if (request.call() != null) {
            filters.add(anyOf("callId", List.of(request.call())));
        }
        if (request.owner() != null) {
            filters.add(anyOf("ownerKeys", List.of(Names.key(Marks.clean(request.owner())))));
        }
        if (!request.range().equals(TimeRange.ALWAYS)) {
            filters.add(during(request.range()));
        }
        List<Query> ofPassages = new ArrayList<>(filters);
        ofPassages.addAll(saidBy(request));
        question.phrases().forEach(words -> ofPassages.add(phrase(EXACT, words)));
        List<Query> not = question.without().stream()
                .flatMap(words -> Stream.of(phrase(EXACT, words), phrase(TEXT, words)))
                .toList();
        List<String> inLanguages = languages.stream().map(Languages::field).toList();
        Query eligible =
                Query.of(query -> query.bool(bool -> bool.filter(ofPassages).mustNot(not)));
        return new PassageQuery(
                ranked(question, request, eligible, inLanguages),
                eligible,
                Query.of(query -> query.bool(bool -> bool.must(about(question)).filter(filters))),
                marks(question, inLanguages),
                filters,
                only);
    }

    /**
     * Whether a customer's calls are meant. Numbers of customers are this database's own: an index that another one
     * filled, such as this one's older self before it was restored, may know them as somebody else's.
     *
     * @param customer null = a call of no customer
     */
    boolean isAbout(@Nullable CustomerId customer) {
        return only == null || (customer != null && only.contains(customer));
    }

    /** By the words that were said and who said them; title and customer only help. */
    private static Query ranked(Question question, SearchRequest request, Query eligible, List<String> inLanguages) {
        List<Query> needed = new ArrayList<>();
        needed.add(eligible);
        List<Query> better = new ArrayList<>();
        if (!question.words().isEmpty()) {
            String words = String.join(" ", question.words());
            String enough = request.need() == SearchRequest.Need.MOST ? MOST_WORDS : SOME_WORDS;
            Query said = spoken(words, inLanguages);
            if (question.phrases().isEmpty()) {
                // Title and customer count towards the words that must be there, but one at least was spoken.
                needed.add(said);
            }
            List<Query> holding = new ArrayList<>();
            holding.add(
                    multi(words, TextQueryType.CrossFields, enough, List.of(TEXT, SPEAKERS, "title", "customerName")));
            if (!inLanguages.isEmpty()) {
                holding.add(multi(words, TextQueryType.BestFields, enough, inLanguages));
            }
            needed.add(Query.of(query -> query.bool(bool -> bool.should(holding))));
            better.add(said);
            better.add(match(SPEAKERS, words, 1));
            if (question.words().size() > 1) {
                better.add(Query.of(query -> query.multiMatch(match -> match.query(words)
                        .fields(spokenIn(inLanguages))
                        .type(TextQueryType.Phrase)
                        .slop(NEAR))));
            }
        }
        question.phrases().forEach(words -> better.add(phrase(EXACT, words)));
        return Query.of(query -> query.bool(bool -> bool.should(better).filter(needed)));
    }

    /** The better of both readings where a call has two. */
    private static Query spoken(String words, List<String> inLanguages) {
        return Query.of(query -> query.multiMatch(
                match -> match.query(words).fields(spokenIn(inLanguages)).type(TextQueryType.BestFields)));
    }

    private static List<String> spokenIn(List<String> inLanguages) {
        return Stream.concat(Stream.of(TEXT), inLanguages.stream()).toList();
    }

    private static Query multi(String words, TextQueryType type, String enough, List<String> fields) {
        return Query.of(query -> query.multiMatch(
                match -> match.query(words).fields(fields).type(type).minimumShouldMatch(enough)));
    }

    private static Query about(Question question) {
        String words = Stream.concat(question.words().stream(), question.phrases().stream())
                .collect(Collectors.joining(" "));
        return Query.of(query -> query.bool(bool ->
                bool.should(match(TEXT, words, 1), match("title", words, TITLE), match("summary", words, TITLE))));
    }

    private static Query match(String field, String words, float boost) {
        return Query.of(query -> query.match(
                match -> match.field(field).query(FieldValue.of(words)).boost(boost)));
    }

    /** That somebody whom the request allows speaks; whether they say it, {@link PassageSearch} looks at. */
    private static List<Query> saidBy(SearchRequest request) {
        List<Query> who = new ArrayList<>();
        if (request.side() != null) {
            who.add(anyOf("sides", List.of(request.side().name())));
        }
        if (request.speaker() != null) {
            who.add(anyOf("speakerKeys", List.of(Names.key(Marks.clean(request.speaker())))));
        }
        return who;
    }

    private static Query marks(Question question, List<String> inLanguages) {
        List<Query> found = new ArrayList<>();
        if (!question.words().isEmpty()) {
            String words = String.join(" ", question.words());
            found.add(spoken(words, inLanguages));
        }
        question.phrases().forEach(words -> found.add(phrase(EXACT, words)));
        return Query.of(query -> query.bool(bool -> bool.should(found)));
    }

    private static Query phrase(String field, String words) {
        return Query.of(query -> query.matchPhrase(phrase -> phrase.field(field).query(words)));
    }

    private static Query anyOf(String field, Collection<?> values) {
        List<FieldValue> terms =
                values.stream().map(value -> FieldValue.of(value.toString())).toList();
        return Query.of(query -> query.terms(any -> any.field(field).terms(list -> list.value(terms))));
    }

    /** Thousands of customers by their ids would be as many look-ups, in each part of a query and in each index. */
    private static Query anyNumber(Collection<Integer> numbers) {
        RoaringBitmap bitmap = new RoaringBitmap();
        numbers.forEach(bitmap::add);
        ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
        bitmap.serialize(bytes);
        String encoded = Base64.getEncoder().encodeToString(bytes.array());
        return Query.of(query -> query.terms(any -> any.field("customerNumber")
                .valueType(TermsQueryValueType.Bitmap)
                .terms(list -> list.value(List.of(FieldValue.of(encoded))))));
    }

    private static Query during(TimeRange range) {
        return Query.of(query -> query.range(started -> {
            started.field("startedAt");
            if (range.from() != null) {
                started.gte(JsonData.of(within(range.from()).toString()));
            }
            if (range.until() != null) {
                started.lt(JsonData.of(within(range.until()).toString()));
            }
            return started;
        }));
    }

    private static Instant within(Instant instant) {
        return instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant;
    }
}
