package ai.cscx.chorus.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.cscx.chorus.base.TestClock;
import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.upstream.ScriptedChorus.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every dialect makes of answers that are none: against the simulated Chorus and a server that misbehaves on purpose. */
@NullMarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChorusErrorsContract {
    static final String KEY = "sesame-9c1";
    static final Instant ANCHOR = Instant.parse("2026-11-22T18:00:00Z");
    static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
    static final Instant UNTIL = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant INSIDE = Instant.parse("2026-10-14T13:00:00Z");

    final ScriptedChorus chorus = new ScriptedChorus();
    final TestClock clock = new TestClock(ANCHOR);
    private static final HttpTransport TRANSPORT = new HttpTransport(new Destinations(true, false));
    ChorusClient client = open(chorus.baseUri());

    abstract Dialect dialect();

    abstract HeaderStyle style();

    /** A page; without a key where that is null. */
    abstract String page(List<String> elements, @Nullable String key);

    abstract String element(String id, Instant startedAt);

    /** A detail as small as one can be. */
    abstract String detail(String id, boolean isPrivate);

    /** Under which the key of the page before is sent back. */
    abstract String keyParameter();

    /** All query names that a list request may have, the key's left out. */
    abstract List<String> listParameters();

    /** Each ends a list: pages that hold one call, or none. */
    abstract List<String> lastPages();

    /** Elements that are no calls as we know them. */
    abstract List<String> unreadableElements();

    final ChorusClient open(URI base) {
        return ChorusClients.open(dialect(), TRANSPORT, base, new ApiKeyAuthorization(style(), KEY), clock);
    }

    final ChorusClient client() {
        return client;
    }

    final String oneCall() {
        return element("A1", INSIDE);
    }

    @AfterEach
    void forget() {
        chorus.requests().clear();
        clock.set(ANCHOR);
        client = open(chorus.baseUri());
    }

    // What can be wrong with any answer

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusal_saysWhichOne(int status) {
        chorus.answers(Reply.of(status, "{\"errors\": [{\"detail\": \"SECRET\"}]}"));

        for (Asking asking : askings()) {
            assertThatThrownBy(asking::ask)
                    .isInstanceOfSatisfying(
                            ChorusException.Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(status))
                    .hasMessageNotContaining("SECRET")
                    .hasMessageNotContaining(KEY);
        }
    }

    @Test
    void keyRevokedInTheSimulator_isRefused() {
        try (ChorusSimulator simulator = new ChorusSimulator(new ChorusSimulator.Settings(5, 14, ANCHOR, 0, KEY))) {
            simulator.start();
            simulator.changes().revokeKey(true);
            ChorusClient real = open(simulator.baseUri());

            assertThatThrownBy(real::account).isInstanceOf(ChorusException.Refused.class);
            assertThatThrownBy(() -> real.page(FROM, UNTIL, null)).isInstanceOf(ChorusException.Refused.class);
        }
    }

    @Test
    void list_thatIsNotFound_isBroken_notEmpty() {
        chorus.answers(Reply.of(404, "{}"));

        assertBroken(() -> client.page(FROM, UNTIL, null));
        assertBroken(client::account);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 599})
    void serverError_isAway(int status) {
        chorus.answers(Reply.of(status, page(List.of(), null)));

        askings().forEach(asking -> assertThatThrownBy(asking::ask).isInstanceOf(ChorusException.Away.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 302, 400, 409, 418})
    void unexpectedStatus_isBroken(int status) {
        chorus.answers(Reply.of(status, "").with("Location", chorus.baseUri() + "/elsewhere"));

        askings().forEach(ChorusClientContract::assertBroken);
        assertThat(chorus.requests()).noneMatch(request -> request.path().contains("elsewhere"));
    }

    @Test
    void reset_isAway() {
        chorus.answers(Reply.RESET);

        askings().forEach(asking -> assertThatThrownBy(asking::ask).isInstanceOf(ChorusException.Away.class));
    }

    @Test
    void answerThatBreaksOff_isAway_evenWhereItIsReadableSoFar() {
        chorus.answers(Reply.json(page(List.of(oneCall()), null)).truncated());

        askings().forEach(asking -> assertThatThrownBy(asking::ask).isInstanceOf(ChorusException.Away.class));
    }

    @Test
    void nobodyThere_isAway() {
        ChorusClient lost = open(URI.create("http://127.0.0.1:1"));

        assertThatThrownBy(() -> lost.page(FROM, UNTIL, null)).isInstanceOf(ChorusException.Away.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"SECRET\"",
                "{}",
                "{\"engagements\": null, \"calls\": null}",
                "{\"engagements\": [{\"engagement_id\": \"SECRET",
                "{\"calls\": [], \"engagements\": [], } SECRET",
                "{\"calls\": [], \"engagements\": []} {}",
                "{\"errors\": [{\"detail\": \"SECRET\"}]}",
                "{\"error\": {\"code\": \"internal\", \"message\": \"SECRET\"}}",
                "<!doctype html><title>SECRET</title>"
            })
    void answerOfAnotherShape_isBroken_andItsTextIsNotRepeated(String body) {
        chorus.answers(Reply.json(body));

        for (Asking asking : List.<Asking>of(() -> client.page(FROM, UNTIL, null), () -> client.fetch("A1"))) {
            assertThatThrownBy(asking::ask)
                    .isInstanceOf(ChorusException.Broken.class)
                    .hasMessageNotContaining("SECRET");
        }
    }

    @Test
    void contentType_decidesNothing() throws Exception {
        chorus.answers(Reply.json(page(List.of(oneCall()), null)).with("Content-Type", "text/plain"));
        assertThat(client.page(FROM, UNTIL, null).calls()).hasSize(1);

        chorus.answers(Reply.json("<p>sign in</p>").with("Content-Type", "text/html"));
        assertBroken(() -> client.page(FROM, UNTIL, null));
    }

    // The rate limit

    @ParameterizedTest
    @CsvSource({
        "30, 30",
        "' 7 ', 7",
        "0, 1",
        "999999999, 86400",
        "'Sun, 22 Nov 2026 18:00:45 GMT', 45",
        "'Sun, 22 Nov 2026 17:00:00 GMT', 1",
        "soon, 10",
        "-5, 10",
        "1.5, 10",
        ", 10"
    })
    void tooMany_saysHowLong_andNothingIsSentUntilThen(@Nullable String retryAfter, long seconds) throws Exception {
        Reply tooMany = Reply.of(429, "Too Many Requests");
        chorus.answers(retryAfter == null ? tooMany : tooMany.with("Retry-After", retryAfter));
        Duration wait = Duration.ofSeconds(seconds);

        ChorusException.RateLimited told = limited(() -> client.page(FROM, UNTIL, null));
        clock.pass(wait.minusMillis(1));
        ChorusException.RateLimited held = limited(() -> client.fetch("A1"));

        assertThat(told.sent()).isTrue();
        assertThat(told.retryAfter()).isEqualTo(wait);
        assertThat(held.sent()).isFalse();
        assertThat(held.retryAfter()).isEqualTo(Duration.ofMillis(1));
        assertThat(chorus.requests()).hasSize(1);

        clock.pass(Duration.ofMillis(1));
        chorus.answers(Reply.json(page(List.of(oneCall()), null)));
        assertThat(client.page(FROM, UNTIL, null).calls()).hasSize(1);
    }

    @Test
    void limitOfTheSimulator_isAnsweredAsAWait() throws Exception {
        try (ChorusSimulator simulator = new ChorusSimulator(new ChorusSimulator.Settings(5, 15, ANCHOR, 0, KEY))) {
            simulator.start();
            simulator.limit(1);
            ChorusClient real = open(simulator.baseUri());
            real.page(FROM, UNTIL, null);

            ChorusException.RateLimited told = limited(() -> real.page(FROM, UNTIL, null));

            assertThat(told.sent()).isTrue();
            assertThat(told.retryAfter()).isPositive();
        }
    }

    /** Asks for something. */
    interface Asking {
        Object ask() throws ChorusException;
    }

    final List<Asking> askings() {
        return List.of(() -> client.page(FROM, UNTIL, null), () -> client.fetch("A1"), client::account);
    }

    static void assertBroken(Asking asking) {
        assertThatThrownBy(asking::ask).isInstanceOf(ChorusException.Broken.class);
    }

    private static ChorusException.RateLimited limited(Asking asking) {
        return catchThrowableOfType(ChorusException.RateLimited.class, asking::ask);
    }
}
