package ai.cscx.chorus.search;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Health;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.call.IndexOutbox.Unindexed;
import ai.cscx.chorus.call.IndexedCall;
import ai.cscx.chorus.search.Place.End;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what was said in the calls that an asker may see. The index is a copy of what PostgreSQL holds and may be
 * filled again from there at any time. Safe for use by many threads.
 *
 * <p>Everything here throws {@link Failure.Unavailable} when OpenSearch does not answer; nothing found is an empty
 * list, and an empty list is never anything else.
 */
public final class Search implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Search.class);

    private final Function<Asker, Portfolio.Visible> visible;
    private final OpenSearchConnection connection;
    private final Indexes indexes;
    private final OpenSearchPassages passages;
    private final Meaning meaning;
    /** What was found when the index was looked at last, every few seconds: a search asks for no other. */
    private volatile List<String> languages = List.of();

    private volatile boolean numbered;

    /**
     * @param openSearchUrl with user and password in it if OpenSearch asks for them
     * @param embedder null = words alone; closed by whoever opened it
     */
    public Search(URI openSearchUrl, Portfolio portfolio, @Nullable Embedder embedder) {
        this(openSearchUrl, portfolio::visible, embedder);
    }

    Search(URI openSearchUrl, Function<Asker, Portfolio.Visible> visible, @Nullable Embedder embedder) {
        this.visible = visible;
        this.connection = new OpenSearchConnection(openSearchUrl);
        this.indexes = new Indexes(connection);
        this.passages = new OpenSearchPassages(connection);
        this.meaning = new Meaning(connection, embedder);
    }

    /** Connects, and makes the indexes unless they are there. May be called again after it failed. */
    public void start() {
        connection.open();
        prepare();
        prepareVectors();
    }

    /**
     * Makes the indexes unless they are there, and looks which languages calls are in.
     *
     * @return which indexes these are: where it is not what it was, nothing that was indexed before is in them
     */
    public String prepare() {
        Indexes.Ready ready = indexes.prepare();
        languages = Counts.languages(connection);
        numbered = ready.isRead();
        return ready.identity();
    }

    /**
     * Makes the index of vectors unless it is there.
     *
     * @return which it is: where it is not what it was, it holds nothing; empty where passages have no vectors
     */
    public Optional<String> prepareVectors() {
        return Optional.ofNullable(meaning.prepare());
    }

    /**
     * Gives the passages of a call vectors, so that they are found by meaning. Takes a second and more.
     *
     * @throws Failure.Unavailable if the model or OpenSearch does not answer
     */
    public void indexMeaning(IndexedCall call) {
        meaning.write(call);
    }

    /** Everything is indexed: searches leave an older index, if one is left from an older version, for the new one. */
    public void complete() {
        indexes.complete();
    }

    public Health check() {
        try {
            passages.count();
            return Health.UP;
        } catch (Failure.Unavailable away) {
            return Health.down(String.valueOf(away.getMessage()));
        }
    }

    /**
     * Makes the passages of this call those of its transcript, whatever was there before; the same call again changes
     * nothing. They are found within a second, or after {@link #refresh}.
     *
     * @param previousPassages what the last call of this method returned for the call, 0 if there was none; a number
     *     too small leaves nothing behind that is older than a second
     * @return how many passages the call has now
     */
    public int index(IndexedCall call, int previousPassages) {
        return index(List.of(new Unindexed(call, previousPassages))).getFirst();
    }

    /**
     * Like {@link #index(IndexedCall, int)} for many calls at once, which is many times faster.
     *
     * @return how many passages each has now, in order
     */
    public List<Integer> index(List<Unindexed> changes) {
        List<OpenSearchPassages.CallPassages> calls = changes.stream()
                .map(change -> new OpenSearchPassages.CallPassages(
                        change.call().id(),
                        CallDocument.of(change.call()),
                        PassageDocument.of(change.call()),
                        change.previousPassages()))
                .toList();
        passages.write(calls);
        List<Integer> counts =
                calls.stream().map(call -> call.passages().size()).toList();
        log.debug("Indexed {} calls", calls.size());
        return counts;
    }

    /** Forgets the call; one that is not there is forgotten already. */
    public void remove(CallId id, int previousPassages) {
        passages.write(List.of(new OpenSearchPassages.CallPassages(id, null, List.of(), previousPassages)));
        meaning.remove(id);
        log.debug("Removed call {} from the index", id);
    }

    /** Makes everything indexed and removed so far count in searches. */
    public void refresh() {
        passages.refresh();
    }

    /** How many passages there are. */
    public long passages() {
        return passages.count();
    }

    /**
     * Finds passages that the asker may see, best first.
     *
     * @throws Failure.Malformed if the question names nothing to look for, or the cursor is none of ours
     * @throws Failure.Rejected if the mode is not available
     */
    public SearchResult search(Asker asker, SearchRequest request) {
        if (request.mode() == Mode.SEMANTIC && !meaning.isOn()) {
            throw new Failure.Rejected("Search by meaning alone is off here; use lexical or hybrid.");
        }
        long begun = System.nanoTime();
        Question question = Question.parse(request.q());
        End after = End.of(request.cursor());
        PassageQuery query = query(question, asker, request);
        boolean byMeaning = request.mode() != Mode.LEXICAL && meaning.isOn();
        LongAdder took = new LongAdder();
        Optional<Map<String, Double>> near = byMeaning ? near(question, query, request, took) : Optional.empty();
        Page<Hit> page = query == null
                ? new Page<>(List.of(), null)
                : new PassageSearch(passages, query, question, request, near.orElse(Map.of()), took).page(after);
        long tookMs = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        return new SearchResult(
                page.items(), page.nextCursor(), near.isPresent() ? request.mode() : Mode.LEXICAL, tookMs, took.sum());
    }

    /**
     * Where everything is that holds enough of the words, which {@link #search} gives page by page. What is near in meaning
     * alone is not counted.
     *
     * @throws Failure.Malformed if the question names nothing to look for
     */
    public Facets facets(Asker asker, SearchRequest request) {
        PassageQuery query = query(Question.parse(request.q()), asker, request);
        return query == null ? Facets.NONE : Counts.facets(connection, query, asker.zone());
    }

    private @Nullable PassageQuery query(Question question, Asker asker, SearchRequest request) {
        return PassageQuery.of(question, request, visible.apply(asker), languages, numbered);
    }

    /** What is nearest in meaning; empty if the model cannot say and words have to do. */
    private Optional<Map<String, Double>> near(
            Question question, @Nullable PassageQuery query, SearchRequest request, LongAdder took) {
        if (query == null) {
            return Optional.of(Map.of());
        }
        try {
            return Optional.of(meaning.near(question.text(), query, PassageSearch.BEST, took));
        } catch (Failure.Unavailable away) {
            if (request.mode() == Mode.SEMANTIC) {
                throw away;
            }
            log.warn("A search goes by words alone: {}", away.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
