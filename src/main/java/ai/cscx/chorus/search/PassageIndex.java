package ai.cscx.chorus.search;

import ai.cscx.chorus.base.Failure;
import java.io.IOException;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.HealthStatus;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index that holds the passages: its name, its fields and its creation. Everything reads and writes through the
 * alias; a change of {@link #DEFINITION} takes a new {@link #NAME}, filled from PostgreSQL before the alias moves.
 */
final class PassageIndex {
    static final String ALIAS = "chorus-passages";
    static final String NAME = ALIAS + "-v1";

    /**
     * {@code utterances} are nested for "said by this person", which is a question about one utterance; {@code text}
     * holds the same words once more for "the passage is about this". Between its values are a hundred positions, so a
     * phrase stays within one utterance.
     */
    private static final String DEFINITION = """
            {
              "settings": {
                "index": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "1s"}
              },
              "aliases": {"chorus-passages": {}},
              "mappings": {
                "dynamic": "strict",
                "properties": {
                  "passageId": {"type": "keyword"},
                  "callId": {"type": "keyword"},
                  "number": {"type": "integer"},
                  "externalId": {"type": "keyword", "ignore_above": 512},
                  "title": {
                    "type": "text", "analyzer": "english",
                    "fields": {"keyword": {"type": "keyword", "ignore_above": 512}}
                  },
                  "customerId": {"type": "keyword"},
                  "customerName": {"type": "text", "analyzer": "english"},
                  "ownerKeys": {"type": "keyword", "ignore_above": 512},
                  "startedAt": {"type": "date", "format": "strict_date_optional_time_nanos"},
                  "language": {"type": "keyword", "ignore_above": 512},
                  "url": {"type": "keyword", "index": false, "doc_values": false},
                  "version": {"type": "long"},
                  "from": {"type": "integer", "index": false},
                  "to": {"type": "integer", "index": false},
                  "startMs": {"type": "long", "index": false},
                  "endMs": {"type": "long", "index": false},
                  "text": {
                    "type": "text", "analyzer": "english", "position_increment_gap": 100,
                    "fields": {
                      "exact": {"type": "text", "analyzer": "standard", "position_increment_gap": 100}
                    }
                  },
                  "utterances": {
                    "type": "nested",
                    "dynamic": "strict",
                    "properties": {
                      "index": {"type": "integer", "index": false, "doc_values": false},
                      "speaker": {"type": "keyword", "index": false, "doc_values": false},
                      "speakerKeys": {"type": "keyword", "ignore_above": 512},
                      "side": {"type": "keyword"},
                      "startMs": {"type": "long", "index": false, "doc_values": false},
                      "endMs": {"type": "long", "index": false, "doc_values": false},
                      "text": {
                        "type": "text", "analyzer": "english",
                        "fields": {"exact": {"type": "text", "analyzer": "standard"}}
                      }
                    }
                  }
                }
              }
            }
            """;

    private static final Logger log = LoggerFactory.getLogger(PassageIndex.class);
    private static final String PATIENCE = "10s";
    private static final int BAD_REQUEST = 400;

    private final OpenSearchConnection connection;

    PassageIndex(OpenSearchConnection connection) {
        this.connection = connection;
    }

    /** Creates index and alias unless they are there, and waits until they can be searched. */
    void prepare() {
        if (!aliased() && create()) {
            log.info("Created search index {}", NAME);
        }
        boolean late = connection
                .ask(client -> client.cluster()
                        .health(health -> health.index(ALIAS)
                                .waitForStatus(HealthStatus.Yellow)
                                .timeout(time -> time.time(PATIENCE))))
                .timedOut();
        if (late) {
            throw new Failure.Unavailable(
                    "The search index does not answer; OpenSearch has not loaded it yet, try again in a minute.");
        }
    }

    private boolean aliased() {
        return connection
                .ask(client -> client.indices().existsAlias(alias -> alias.name(ALIAS)))
                .value();
    }

    /** True if this created it, false if somebody else did meanwhile or only the alias was missing. */
    private boolean create() {
        int status = connection.ask(PassageIndex::put);
        if (status != BAD_REQUEST) {
            return accepted(status);
        }
        connection.ask(
                client -> client.indices().putAlias(put -> put.index(NAME).name(ALIAS)));
        return false;
    }

    private static boolean accepted(int status) {
        if (status >= BAD_REQUEST) {
            throw OpenSearchConnection.refused(status, "while the index was created");
        }
        return true;
    }

    /** The definition goes as it is written here; a typed request would drop what the client does not know. */
    private static int put(OpenSearchClient client) throws IOException {
        try (Response response = client.generic()
                .execute(Requests.builder()
                        .endpoint(NAME)
                        .method("PUT")
                        .json(DEFINITION)
                        .build())) {
            return response.getStatus();
        }
    }
}
