package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch._types.Conflicts;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.SortOptions;
import org.opensearch.client.opensearch._types.SortOrder;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.BulkResponse;
import org.opensearch.client.opensearch.core.DeleteByQueryResponse;
import org.opensearch.client.opensearch.core.SearchResponse;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;
import org.opensearch.client.opensearch.core.search.BuiltinHighlighterType;
import org.opensearch.client.opensearch.core.search.Highlight;
import org.opensearch.client.opensearch.core.search.HighlightField;
import org.opensearch.client.opensearch.core.search.HighlighterType;
import org.opensearch.client.opensearch.core.search.Hit;

/** Passages in OpenSearch: written, deleted and found; what finds adds how many milliseconds OpenSearch took for it. */
final class OpenSearchPassages {
    /** Operations in one request; a call of an hour has about a hundred passages. */
    private static final int BATCH = 1000;
    /** Below the index's limit for marking, beyond which OpenSearch would refuse instead of leaving marks out. */
    private static final int MARKED_CHARACTERS = 900_000;

    private static final int NOT_FOUND = 404;
    /** What is there to be searched and not to be read. */
    private static final List<String> UNREAD = List.of("native", "speakers", "speakerNames", "speakerKeys", "sides");

    private final OpenSearchConnection connection;

    OpenSearchPassages(OpenSearchConnection connection) {
        this.connection = connection;
    }

    /**
     * A passage that was found.
     *
     * @param fragments whole utterances with {@link Marks}, by field
     */
    record Found(PassageDocument passage, Place place, Collection<List<String>> fragments) {}

    /**
     * The passages of one call, and how many it had before.
     *
     * @param whole null takes the call out
     */
    record CallPassages(CallId call, @Nullable CallDocument whole, List<PassageDocument> passages, int previous) {
        CallPassages {
            passages = List.copyOf(passages);
        }
    }

    /** Writes the passages of each call and deletes every other one that it had. */
    void write(List<CallPassages> calls) {
        if (calls.isEmpty()) {
            return;
        }
        List<BulkOperation> operations = new ArrayList<>();
        for (CallPassages call : calls) {
            for (PassageDocument passage : call.passages()) {
                operations.add(BulkOperation.of(operation ->
                        operation.index(index -> index.id(passage.passageId()).document(passage))));
            }
            operations.add(whole(call));
            for (int number = call.passages().size(); number < call.previous(); number++) {
                String leftover = PassageDocument.id(call.call().toString(), number);
                operations.add(BulkOperation.of(operation -> operation.delete(delete -> delete.id(leftover))));
            }
        }
        for (int from = 0; from < operations.size(); from += BATCH) {
            bulk(operations.subList(from, Math.min(from + BATCH, operations.size())));
        }
        deleteLeftovers(calls);
    }

    private static BulkOperation whole(CallPassages call) {
        String index = Indexes.writeAlias(Indexes.CALLS);
        CallDocument whole = call.whole();
        return BulkOperation.of(operation -> whole == null
                ? operation.delete(delete -> delete.index(index).id(call.call().toString()))
                : operation.index(into -> into.index(index)
                        .id(call.call().toString())
                        .requireAlias(true)
                        .document(whole)));
    }

    private void bulk(List<BulkOperation> operations) {
        BulkResponse response =
                connection.ask(client -> client.bulk(bulk -> bulk.index(Indexes.writeAlias(Indexes.PASSAGES))
                        .requireAlias(true)
                        .operations(operations)));
        for (BulkResponseItem item : response.items()) {
            if (item.error() != null) {
                throw OpenSearchConnection.refused(item.status(), item.error().type());
            }
            if (item.status() >= 300 && item.status() != NOT_FOUND) {
                throw OpenSearchConnection.refused(item.status(), item.result());
            }
        }
    }

    /** A run that ended between writing and telling may have left more passages than anybody knows of. */
    private void deleteLeftovers(List<CallPassages> calls) {
        List<Query> leftovers = calls.stream()
                .map(call -> Query.of(query -> query.bool(bool -> bool.filter(
                        term("callId", call.call().toString()),
                        Query.of(range -> range.range(from -> from.field("number")
                                .gte(JsonData.of(call.passages().size()))))))))
                .toList();
        DeleteByQueryResponse response = connection.ask(client -> client.deleteByQuery(delete -> delete.index(
                        Indexes.writeAlias(Indexes.PASSAGES))
                .conflicts(Conflicts.Proceed)
                .query(query -> query.bool(bool -> bool.should(leftovers).minimumShouldMatch("1")))));
        if (!response.failures().isEmpty() || Boolean.TRUE.equals(response.timedOut())) {
            throw new Failure.Unavailable("The search index does not answer; old passages of a call are still in it,"
                    + " try again in a minute.");
        }
    }

    /** The passages after a place in the order of their words, best first; passages of equal score by id. */
    List<Found> find(PassageQuery question, @Nullable Place after, int size, LongAdder took) {
        return find(question.query(), question.marks(), after, size, took);
    }

    /** Those of the named passages that the asker may see and the question does not exclude, in no order. */
    List<Found> read(PassageQuery question, Collection<String> ids, LongAdder took) {
        Query query = Query.of(
                both -> both.bool(bool -> bool.filter(question.eligible()).filter(ids(List.copyOf(ids)))));
        return find(query, question.marks(), null, ids.size(), took);
    }

    /** Where the named passage stands in the order of its words; empty if the question does not find it. */
    Optional<Place> place(PassageQuery question, String id, LongAdder took) {
        Query query =
                Query.of(both -> both.bool(bool -> bool.must(question.query()).filter(ids(List.of(id)))));
        return find(query, question.marks(), null, 1, took).stream()
                .map(Found::place)
                .findFirst();
    }

    /** {@link Candidates#find}. */
    Candidates candidates(PassageQuery question, int passages, int calls, LongAdder took) {
        return Candidates.find(connection, question, passages, calls, took);
    }

    private List<Found> find(Query query, Query marks, @Nullable Place after, int size, LongAdder took) {
        SearchResponse<PassageDocument> response = connection.ask(client -> client.search(
                search -> {
                    search.index(Indexes.PASSAGES)
                            .query(query)
                            .highlight(highlight(marks))
                            .source(source -> source.filter(filter -> filter.excludes(UNREAD)))
                            .sort(order())
                            .size(size)
                            .timeout(OpenSearchConnection.PATIENCE)
                            .cancelAfterTimeInterval(time -> time.time(OpenSearchConnection.PATIENCE))
                            .allowPartialSearchResults(false)
                            .trackTotalHits(track -> track.enabled(false));
                    return after == null
                            ? search
                            : search.searchAfter(FieldValue.of(after.score()), FieldValue.of(after.passageId()));
                },
                PassageDocument.class));
        OpenSearchConnection.requireWhole(response.timedOut(), response.shards().failed());
        took.add(response.took());
        return response.hits().hits().stream().map(OpenSearchPassages::found).toList();
    }

    private static Found found(Hit<PassageDocument> hit) {
        PassageDocument passage = Objects.requireNonNull(hit.source(), "a hit has its document");
        double score = Objects.requireNonNull(hit.score(), "a hit has its score");
        return new Found(
                passage, new Place(score, passage.passageId()), hit.highlight().values());
    }

    private static List<SortOptions> order() {
        return List.of(
                SortOptions.of(sort -> sort.score(score -> score.order(SortOrder.Desc))),
                SortOptions.of(sort -> sort.field(id -> id.field("passageId").order(SortOrder.Asc))));
    }

    /** Fields of several values are marked value by value: a fragment is one utterance. */
    private static Highlight highlight(Query marks) {
        HighlightField whole = HighlightField.of(field -> field.numberOfFragments(0));
        return Highlight.of(highlight -> highlight
                .type(HighlighterType.of(type -> type.builtin(BuiltinHighlighterType.Unified)))
                .highlightQuery(marks)
                .preTags(Marks.BEGIN)
                .postTags(Marks.END)
                .maxAnalyzerOffset(MARKED_CHARACTERS)
                .fields("text", whole)
                .fields("text.exact", whole)
                .fields(Languages.field("*"), whole));
    }

    void refresh() {
        connection.ask(client -> client.indices().refresh(refresh -> refresh.index(Indexes.PASSAGES, Indexes.CALLS)));
    }

    long count() {
        return connection
                .ask(client -> client.count(count -> count.index(Indexes.PASSAGES)))
                .count();
    }

    private static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(FieldValue.of(value))));
    }

    private static Query ids(List<String> ids) {
        return Query.of(query -> query.ids(these -> these.values(ids)));
    }
}
