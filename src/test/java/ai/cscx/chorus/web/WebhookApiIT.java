package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.web.HttpRig.Reply;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Webhooks through the socket, with nobody who fetches: what is kept stays to be seen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebhookApiIT {
    private static final String PATH = "/api/chorus/webhook";
    private static final String KEY = PATH + "?key=" + HttpRig.WEBHOOK_SECRET;
    private static final String HINT = "{\"engagement_id\": \"W-1\"}";
    private static final long NOW = HttpRig.NOW.getEpochSecond();

    @SuppressWarnings("NullAway.Init")
    private HttpRig rig;

    @BeforeAll
    void start() {
        rig = new HttpRig();
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @BeforeEach
    void forget() {
        rig.database.transact(handle -> handle.execute("DELETE FROM chorus_fetches"));
        rig.database.transact(handle -> handle.execute("DELETE FROM chorus_jobs"));
    }

    @Test
    void hint_signed_isKept() {
        Reply reply = post(PATH, HINT, "X-Chorus-Signature", signature(HttpRig.WEBHOOK_SECRET, HINT));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.response().body()).isEqualTo("{\"hints\":1}");
        assertThat(waiting()).containsExactly("W-1");
    }

    @Test
    void hint_withTheKey_again_changesNothing() {
        assertThat(post(KEY, HINT).status()).isEqualTo(202);
        assertThat(post(KEY, HINT).status()).isEqualTo(202);

        assertThat(waiting()).containsExactly("W-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?key=", "?key=a-secret-of-webhook", "?key=A-SECRET-OF-WEBHOOKS"})
    void hint_withoutTheRightSecret_isRefused(String query) {
        Reply reply = post(PATH + query, HINT);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("instance").asText()).isEqualTo(PATH);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void signature_ofAnotherBodyOrSecret_isRefused_evenBesideTheKey() {
        String other = signature(HttpRig.WEBHOOK_SECRET, "{}");

        assertThat(post(PATH, HINT, "X-Chorus-Signature", other).status()).isEqualTo(401);
        assertThat(post(KEY, HINT, "X-Chorus-Signature", other).status()).isEqualTo(401);
        assertThat(post(PATH, HINT, "X-Chorus-Signature", signature("another-secret-00", HINT))
                        .status())
                .isEqualTo(401);
        assertThat(post(PATH, HINT, "X-Chorus-Signature", "md5=0").status()).isEqualTo(401);
        assertThat(waiting()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,202", "-300,202", "300,202", "-301,401", "301,401"})
    void timestamp_farOff_isRefusedOnBothSides(long off, int status) {
        assertThat(post(KEY, HINT, "X-Chorus-Timestamp", Long.toString(NOW + off))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T12:00:00Z,202", "1795348800000,202", "yesterday,401", "-5,401", "99999999999999999999,401"})
    void timestamp_inOtherForms(String timestamp, int status) {
        assertThat(post(KEY, HINT, "X-Chorus-Timestamp", timestamp).status()).isEqualTo(status);
    }

    @Test
    void withoutAnySecretConfigured_everythingIsRefused_andTheLogSaysHowToConfigure() {
        try (WebServer server = new WebServer(new WebServer.Settings("127.0.0.1", 0, null), rig.features, null);
                Logs logs = new Logs()) {
            server.start();
            Reply reply = rig.sendTo(server.port(), null, "POST", PATH + "?key=", HINT);
            rig.sendTo(server.port(), null, "POST", PATH + "?key=" + HttpRig.WEBHOOK_SECRET, HINT);

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.response().body()).doesNotContain("CHORUS_WEBHOOK_SECRET");
            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("CHORUS_WEBHOOK_SECRET"))
                    .hasSize(1);
        }
        assertThat(waiting()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "{\"event\": \"something\"}", "payload=%7B%7D"})
    void bodyWithoutIds_hasChorusLookedAt_onceHoweverOften(String body) {
        assertThat(post(KEY, body).response().body()).isEqualTo("{\"hints\":0}");
        assertThat(post(KEY, body).status()).isEqualTo(202);

        assertThat(waiting()).isEmpty();
        assertThat(rig.database.<Integer>read(
                        handle -> handle.createQuery("SELECT count(*) FROM chorus_jobs WHERE task_name = 'look-soon'")
                                .mapTo(Integer.class)
                                .one()))
                .isEqualTo(1);
    }

    @Test
    void bodyOfMoreThan256Kb_isTooLarge() {
        String large = "{\"call_id\": \"W-2\", \"x\": \"" + "x".repeat(256 * 1024) + "\"}";
        String fits = "{\"call_id\": \"W-2\"}" + " ".repeat(256 * 1024 - 18);

        assertThat(post(KEY, large).status()).isEqualTo(413);
        assertThat(post(PATH, large, "X-Chorus-Signature", "sha256=0").status()).isEqualTo(413);
        assertThat(waiting()).isEmpty();
        assertThat(post(KEY, fits).status()).isEqualTo(202);
    }

    @Test
    void database_thatDoesNotAnswerWithinASecond_isNoPromise() {
        Reply reply = rig.database.inTransaction(handle -> {
            lockQueue(handle);
            return post(KEY, HINT);
        });

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isNotEmpty();
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:cscx:problem:unavailable");
        assertThat(post(KEY, HINT).status()).isEqualTo(202);
    }

    @Test
    void logs_holdNeitherTheKeyNorTheBody() {
        try (Logs logs = new Logs()) {
            post(KEY, "{\"call_id\": \"W-9\", \"title\": \"Whispered words\"}");
            post(PATH + "?key=some-wrong-key-0", HINT);
            rig.database.transact(handle -> {
                lockQueue(handle);
                assertThat(post(KEY, HINT).response().body()).doesNotContain(HttpRig.WEBHOOK_SECRET);
            });

            assertThat(String.join("\n", logs.everything()))
                    .contains("/api/chorus/webhook")
                    .doesNotContain(HttpRig.WEBHOOK_SECRET, "some-wrong-key-0", "Whispered", "W-1");
        }
    }

    private static void lockQueue(Handle handle) {
        handle.execute("LOCK TABLE chorus_fetches IN ACCESS EXCLUSIVE MODE");
    }

    private Reply post(String path, String body, String... headers) {
        return rig.send(null, "POST", path, body, headers);
    }

    private List<String> waiting() {
        return rig.database.read(handle -> handle.createQuery(
                        "SELECT chorus_call_id FROM chorus_fetches WHERE reason = 'hint' ORDER BY chorus_call_id")
                .mapTo(String.class)
                .list());
    }

    private static String signature(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Everything that we and Javalin log meanwhile, at the level that says most. */
    private static final class Logs implements AutoCloseable {
        private final Logger ours = (Logger) LoggerFactory.getLogger("ai.cscx.chorus");
        private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");
        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

        Logs() {
            ours.setLevel(Level.TRACE);
            appender.start();
            root.addAppender(appender);
        }

        List<String> lines() {
            return List.copyOf(appender.list).stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }

        /** With what exceptions say. */
        List<String> everything() {
            return List.copyOf(appender.list).stream()
                    .map(event -> event.getFormattedMessage()
                            + (event.getThrowableProxy() == null
                                    ? ""
                                    : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                    .toList();
        }

        @Override
        public void close() {
            root.detachAppender(appender);
            ours.setLevel(Level.INFO);
        }
    }
}
