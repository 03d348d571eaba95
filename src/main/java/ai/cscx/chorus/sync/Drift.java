package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.sync.DriftStore.News;
import ai.cscx.chorus.sync.DriftStore.NewsKey;
import ai.cscx.chorus.sync.DriftStore.Presence;
import ai.cscx.chorus.sync.DriftStore.PresenceKey;
import ai.cscx.chorus.upstream.Answers;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.ChorusClient.ListPage;
import ai.cscx.chorus.upstream.Dialect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How Chorus's answers differ from what we know of them: fields and words that are new, known fields that come no more.
 * Answers are looked at as they come, what is found is kept in memory and written from time to time; a list that holds
 * nothing new is no reason to write. Keeps at most {@value DriftStore#MOST} findings. Thread-safe.
 */
public final class Drift implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Drift.class);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(5);
    /** Beyond, the values of a field are no list of words. */
    private static final int MOST_WORDS_OF_A_FIELD = 50;

    private final DriftStore store;
    private final Clock clock;
    private final LongAdder unknownWords = new LongAdder();
    private final Loop loop;
    private Map<NewsKey, News> news = new TreeMap<>();
    private Map<PresenceKey, Presence> presence = new TreeMap<>();
    private long more;
    private boolean detailsSeen;
    private @Nullable Set<NewsKey> written;

    public Drift(Database database, Clock clock) {
        this.store = new DriftStore(database);
        this.clock = clock;
        this.loop = new Loop("write-drift", this::writeSome);
    }

    /**
     * What differs, by dialect, part and path.
     *
     * @param more how many findings had no room
     */
    public record Report(List<NewField> fields, List<NewWord> words, List<MissingField> missing, long more) {
        public Report {
            fields = List.copyOf(fields);
            words = List.copyOf(words);
            missing = List.copyOf(missing);
        }
    }

    /**
     * @param path as in {@code recording.utterances[].mood}; what is below it is not looked at
     * @param count answers that have it
     */
    public record NewField(String dialect, String part, String path, long count, Instant firstAt, Instant lastAt) {}

    /**
     * @param field path of the field
     * @param word null if it does not look like a word of a list and is not shown
     * @param count how often it came
     */
    public record NewWord(
            String dialect,
            String part,
            String field,
            @Nullable String word,
            long count,
            Instant firstAt,
            Instant lastAt) {}

    /**
     * @param since when the first answer without it came
     * @param lastAt when the last answer with it came
     */
    public record MissingField(String dialect, String part, String path, Instant since, Instant lastAt) {}

    /** What is known up to now, this instance's latest findings included. */
    public Report report(Asker asker) {
        asker.requireAdmin();
        write();
        Report all = store.read();
        return new Report(
                all.fields().stream()
                        .filter(field -> known(field.dialect(), field.part(), field.path()) == null)
                        .toList(),
                all.words().stream().filter(word -> !isKnown(word)).toList(),
                all.missing().stream()
                        .filter(field -> known(field.dialect(), field.part(), field.path()) != null)
                        .toList(),
                all.more());
    }

    /** How many values this instance has met that are not on the list of words of their field. */
    public long unknownWords() {
        return unknownWords.sum();
    }

    /** Looks at what came of one call. */
    void observe(Dialect dialect, Answers answers) {
        Instant now = clock.instant();
        answers.parts().forEach((part, body) -> observe(dialect, part, body, now));
    }

    /** Looks at a page of the list; what is listed beside calls has fields of its own and is left out. */
    void observe(Dialect dialect, ListPage page) {
        Instant now = clock.instant();
        page.calls().stream()
                .filter(call -> call.recording())
                .forEach(call -> observe(dialect, Part.LIST, call.raw(), now));
        page.unreadable().forEach(element -> observe(dialect, Part.LIST, element.raw(), now));
    }

    void start() {
        loop.start();
    }

    /** Writes what is left, if the database is there. */
    @Override
    public void close() {
        loop.close();
        try {
            writeIfNeeded();
        } catch (Failure.Unavailable away) {
            LOG.info("The last findings about Chorus's answers are not kept: {}", away.getMessage());
        }
    }

    /**
     * Writes if there is a reason to: details were looked at, or something is new.
     *
     * @return whether it wrote
     */
    boolean writeIfNeeded() {
        if (!hasReason()) {
            return false;
        }
        if (written() == null) {
            remember(store.keys());
            if (!hasReason()) {
                return false;
            }
        }
        write();
        return true;
    }

    private Duration writeSome() {
        writeIfNeeded();
        return BETWEEN_WRITES;
    }

    private synchronized boolean hasReason() {
        Set<NewsKey> here = written;
        return detailsSeen || more > 0 || (here == null ? !news.isEmpty() : !here.containsAll(news.keySet()));
    }

    private synchronized @Nullable Set<NewsKey> written() {
        return written;
    }

    private synchronized void remember(Set<NewsKey> keys) {
        Set<NewsKey> all = written == null ? new HashSet<>() : written;
        all.addAll(keys);
        written = all;
    }

    private void write() {
        DriftStore.Findings findings = take();
        if (findings.isEmpty()) {
            return;
        }
        try {
            store.add(findings);
        } catch (RuntimeException failed) {
            putBack(findings);
            throw failed;
        }
        remember(findings.news().keySet());
    }

    private synchronized DriftStore.Findings take() {
        DriftStore.Findings findings = new DriftStore.Findings(news, presence, more);
        news = new TreeMap<>();
        presence = new TreeMap<>();
        more = 0;
        detailsSeen = false;
        return findings;
    }

    private synchronized void putBack(DriftStore.Findings findings) {
        findings.news().forEach((key, before) -> news.merge(key, before, (after, was) -> was.and(after)));
        findings.presence().forEach((key, before) -> presence.merge(key, before, (after, was) -> was.then(after)));
        more += findings.more();
        detailsSeen = true;
    }

    private void observe(Dialect dialect, Part part, byte[] body, Instant now) {
        KnownFields.Tree tree = KnownFields.of(dialect).of(part);
        if (tree == null) {
            return;
        }
        AnswerScan scan = AnswerScan.of(body, tree);
        scan.newWords().values().forEach(unknownWords::add);
        add(dialect, part, tree, scan, now);
    }

    private synchronized void add(Dialect dialect, Part part, KnownFields.Tree tree, AnswerScan scan, Instant now) {
        for (KnownFields.Field field : tree.fields()) {
            if (scan.possible().get(field.number())) {
                Presence one = Presence.once(scan.present().get(field.number()), now);
                presence.merge(new PresenceKey(dialect, part, field.path()), one, Presence::then);
            }
        }
        scan.newFields().forEach(path -> found(new NewsKey(dialect, part, path, null), 1, now));
        Map<String, Integer> words = new HashMap<>();
        scan.newWords().forEach((word, count) -> {
            boolean full =
                    words.computeIfAbsent(word.path(), path -> wordsOf(dialect, part, path)) >= MOST_WORDS_OF_A_FIELD;
            NewsKey key = new NewsKey(dialect, part, word.path(), word.word());
            found(full && !isHere(key) ? new NewsKey(dialect, part, word.path(), AnswerScan.HIDDEN) : key, count, now);
        });
        detailsSeen |= part != Part.LIST;
    }

    private void found(NewsKey key, long count, Instant now) {
        int room = DriftStore.MOST - news.size();
        if (room > 0 || news.containsKey(key)) {
            news.merge(key, new News(count, now, now), News::and);
        } else {
            more += count;
        }
    }

    private boolean isHere(NewsKey key) {
        return news.containsKey(key) || (written != null && written.contains(key));
    }

    private int wordsOf(Dialect dialect, Part part, String path) {
        Set<NewsKey> all = new HashSet<>(news.keySet());
        all.addAll(written == null ? Set.of() : written);
        return (int) all.stream()
                .filter(key -> key.dialect() == dialect
                        && key.part() == part
                        && key.word() != null
                        && key.path().equals(path))
                .count();
    }

    /** What an earlier version of the program did not know may be known to this one. */
    private KnownFields.@Nullable Field known(String dialectWord, String partWord, String path) {
        Dialect dialect = Dialect.of(dialectWord);
        KnownFields.Tree tree =
                dialect == null ? null : KnownFields.of(dialect).of(Part.valueOf(partWord.toUpperCase(Locale.ROOT)));
        return tree == null ? null : tree.at(path);
    }

    private boolean isKnown(NewWord found) {
        KnownFields.Field field = known(found.dialect(), found.part(), found.field());
        return field != null && found.word() != null && field.knows(found.word());
    }
}
