package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
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

/** Passages in OpenSearch: written, deleted and found. */
final class OpenSearchPassages {
    private static final String PATIENCE = "5s";
    /** Operations in one request; a call of an hour has about a hundred passages. */
    private static final int BATCH = 250;
    /** Below the index's limit for marking, beyond which OpenSearch would refuse instead of leaving marks out. */
    private static final int MARKED_CHARACTERS = 900_000;

    private static final int NOT_FOUND = 404;

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

    /** The passages of one call, and how many it had before. */
    record CallPassages(CallId call, List<PassageDocument> passages, int previous) {
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

    private void bulk(List<BulkOperation> operations) {
        BulkResponse response = connection.ask(client -> client.bulk(
                bulk -> bulk.index(PassageIndex.ALIAS).requireAlias(true).operations(operations)));
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
                        PassageIndex.ALIAS)
                .conflicts(Conflicts.Proceed)
                .query(query -> query.bool(bool -> bool.should(leftovers).minimumShouldMatch("1")))));
        if (!response.failures().isEmpty() || Boolean.TRUE.equals(response.timedOut())) {
            throw new Failure.Unavailable("The search index does not answer; old passages of a call are still in it,"
                    + " try again in a minute.");
        }
    }

    /** The passages after a place, best first; passages of equal score by id. */
    List<Found> find(PassageQuery question, @Nullable Place after, int size) {
        return find(question.query(), question.marks(), after, size);
    }

    /** Those of the named passages that the question finds. */
    List<Found> findAmong(PassageQuery question, List<String> ids) {
        Query query =
                Query.of(both -> both.bool(bool -> bool.must(question.query()).filter(ids(ids))));
        return find(query, question.marks(), null, ids.size());
    }

    private List<Found> find(Query query, Query marks, @Nullable Place after, int size) {
        SearchResponse<PassageDocument> response = connection.ask(client -> client.search(
                search -> {
                    search.index(PassageIndex.ALIAS)
                            .query(query)
                            .highlight(highlight(marks))
                            .source(source -> source.filter(filter -> filter.excludes("text")))
                            .sort(order())
                            .size(size)
                            .timeout(PATIENCE)
                            .cancelAfterTimeInterval(time -> time.time(PATIENCE))
                            .allowPartialSearchResults(false)
                            .trackTotalHits(track -> track.enabled(false));
                    return after == null
                            ? search
                            : search.searchAfter(FieldValue.of(after.score()), FieldValue.of(after.passageId()));
                },
                PassageDocument.class));
        if (response.timedOut() || response.shards().failed() > 0) {
            throw new Failure.Unavailable(
                    "The search index does not answer in time; ask for less or try again in a minute.");
        }
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
                .fields("text.exact", whole));
    }

    void refresh() {
        connection.ask(client -> client.indices().refresh(refresh -> refresh.index(PassageIndex.ALIAS)));
    }

    long count() {
        return connection
                .ask(client -> client.count(count -> count.index(PassageIndex.ALIAS)))
                .count();
    }

    private static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(FieldValue.of(value))));
    }

    private static Query ids(List<String> ids) {
        return Query.of(query -> query.ids(these -> these.values(ids)));
    }
}
