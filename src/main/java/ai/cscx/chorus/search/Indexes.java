package ai.cscx.chorus.search;

import ai.cscx.chorus.base.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.HealthStatus;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.opensearch.indices.IndexSettings;
import org.opensearch.client.opensearch.indices.IndexState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes that hold what was said, their names, fields and life. Each has two aliases: everything is read through one
 * and written through the other. A change of fields takes a new {@link #VERSION}: the new index is made and written to,
 * the old one is read until the new one is filled from PostgreSQL, then the reading alias moves and the old one goes.
 */
final class Indexes {
    /** Passages, for their words. */
    static final String PASSAGES = "chorus-passages";
    /** Whole calls. */
    static final String CALLS = "chorus-calls";

    private static final List<String> NAMES = List.of(PASSAGES, CALLS);
    private static final String WRITE = "-write";
    private static final String VERSION = "-v4";

    private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);
    private static final String PATIENCE = "10s";
    private static final int BAD_REQUEST = 400;

    private final OpenSearchConnection connection;

    Indexes(OpenSearchConnection connection) {
        this.connection = connection;
    }

    static String writeAlias(String alias) {
        return alias + WRITE;
    }

    /**
     * @param identity of the indexes that are written: another one means that what was written before is not in them
     * @param isRead whether those are read, too, and not yet older ones with fewer fields
     */
    record Ready(String identity, boolean isRead) {}

    /** Makes the indexes that are not there and waits until they can be searched. */
    Ready prepare() {
        Map<String, IndexState> there = look();
        if (NAMES.stream().anyMatch(alias -> !isReady(alias, there))) {
            NAMES.forEach(alias -> prepare(alias, there));
            there.putAll(look());
        }
        boolean late = connection
                .ask(client -> client.cluster()
                        .health(health -> health.index(NAMES)
                                .waitForStatus(HealthStatus.Yellow)
                                .timeout(time -> time.time(PATIENCE))))
                .timedOut();
        if (late) {
            throw new Failure.Unavailable(
                    "The search index does not answer; OpenSearch has not loaded it yet, try again in a minute.");
        }
        String identity = NAMES.stream()
                .map(alias -> uuid(Objects.requireNonNull(there.get(alias + VERSION), "the index is there")))
                .collect(Collectors.joining(" "));
        return new Ready(
                identity, NAMES.stream().allMatch(alias -> targets(alias, there).equals(Set.of(alias + VERSION))));
    }

    private static boolean isReady(String alias, Map<String, IndexState> there) {
        return there.containsKey(alias + VERSION)
                && targets(writeAlias(alias), there).equals(Set.of(alias + VERSION))
                && !targets(alias, there).isEmpty();
    }

    private void prepare(String alias, Map<String, IndexState> there) {
        String name = alias + VERSION;
        if (!there.containsKey(name) && create(alias)) {
            LOG.info("Created search index {}", name);
        }
        point(writeAlias(alias), name, there);
        if (targets(alias, there).isEmpty()) {
            point(alias, name, there);
        }
    }

    /** The indexes of every version and whatever the aliases point to, by name. */
    private Map<String, IndexState> look() {
        List<String> which = NAMES.stream()
                .flatMap(alias -> Stream.of(alias + "-v*", alias, writeAlias(alias)))
                .toList();
        return new HashMap<>(connection
                .ask(client -> client.indices().get(get -> get.index(which).ignoreUnavailable(true)))
                .result());
    }

    /** What OpenSearch calls this very index: another one of the same name has another. */
    static String uuid(OpenSearchConnection connection, String name) {
        IndexState state = connection
                .ask(client -> client.indices().get(get -> get.index(name)))
                .get(name);
        return uuid(Objects.requireNonNull(state, "the index is there"));
    }

    private static String uuid(IndexState state) {
        IndexSettings settings = Objects.requireNonNull(state.settings(), "an index has settings");
        IndexSettings own = settings.index() == null ? settings : settings.index();
        return Objects.requireNonNull(own.uuid(), "an index has a uuid");
    }

    /** What is written is complete: from now on it is what is read, and what was read before goes. */
    void complete() {
        Map<String, IndexState> there = look();
        for (String alias : NAMES) {
            String name = alias + VERSION;
            point(alias, name, there);
            for (String old : targets(alias, there)) {
                if (!old.equals(name)) {
                    connection.ask(client -> client.indices().delete(delete -> delete.index(old)));
                    LOG.info("Searches go to {} now; {} is deleted", name, old);
                }
            }
        }
    }

    private boolean exists(String name) {
        return connection
                .ask(client -> client.indices().exists(exists -> exists.index(name)))
                .value();
    }

    private static Set<String> targets(String alias, Map<String, IndexState> there) {
        return there.entrySet().stream()
                .filter(index -> index.getValue().aliases().containsKey(alias))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Makes the alias point to this index and to no other, in one step. */
    private void point(String alias, String name, Map<String, IndexState> there) {
        Set<String> before = targets(alias, there);
        if (before.equals(Set.of(name))) {
            return;
        }
        connection.ask(client -> client.indices().updateAliases(update -> {
            before.stream()
                    .filter(old -> !old.equals(name))
                    .forEach(old -> update.actions(
                            action -> action.remove(remove -> remove.index(old).alias(alias))));
            return update.actions(action -> action.add(add -> add.index(name).alias(alias)));
        }));
    }

    /** True if this created it, false if somebody else did meanwhile. */
    private boolean create(String alias) {
        String definition = definition(alias.substring("chorus-".length()));
        int status = connection.ask(client -> put(client, alias + VERSION, definition));
        if (status == BAD_REQUEST && exists(alias + VERSION)) {
            return false;
        }
        if (status >= BAD_REQUEST) {
            throw OpenSearchConnection.refused(status, "while the index was created");
        }
        return true;
    }

    /** The definition goes as it is written; a typed request would drop what the client does not know. */
    static int put(OpenSearchClient client, String name, String definition) throws IOException {
        try (Response response = client.generic()
                .execute(Requests.builder()
                        .endpoint(name)
                        .method("PUT")
                        .json(definition)
                        .build())) {
            return response.getStatus();
        }
    }

    static String definition(String what) {
        String file = what + ".json";
        try (InputStream in = Objects.requireNonNull(Indexes.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException("The program's own " + file + " cannot be read", damaged);
        }
    }
}
