package ai.cscx.chorus.sync;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.upstream.ApiKeyAuthorization;
import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusClients;
import ai.cscx.chorus.upstream.Destinations;
import ai.cscx.chorus.upstream.Dialect;
import ai.cscx.chorus.upstream.HeaderStyle;
import ai.cscx.chorus.upstream.HttpTransport;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebhookRegistrationTest {
    private static final String KEY = "webhook-test-key";
    private static final URI OURS = URI.create("https://cscx.example/api/chorus/webhook?key=new-secret-of-16");

    private final ChorusSimulator simulator =
            new ChorusSimulator(new ChorusSimulator.Settings(1, 1, Instant.parse("2026-11-22T12:00:00Z"), 0, KEY));
    private final HttpTransport transport = new HttpTransport(new Destinations(true, false));
    private final WebhookRegistration registration = new WebhookRegistration(() -> OURS);

    @BeforeEach
    void start() {
        simulator.start();
    }

    @AfterEach
    void stop() {
        transport.close();
        simulator.close();
    }

    @Test
    void keep_again_registersOnce() throws Exception {
        ChorusClient client = client(Dialect.ENGAGEMENTS);

        registration.keep(client);
        registration.keep(client);

        assertThat(webhooks(client).list()).containsExactly(OURS.toString());
    }

    @Test
    void keep_replacesOurAddressWithAnOlderSecret_andLeavesOthers() throws Exception {
        ChorusClient client = client(Dialect.ENGAGEMENTS);
        webhooks(client).add("https://cscx.example/api/chorus/webhook?key=an-older-secret");
        webhooks(client).add("https://somebody.example/hook");

        registration.keep(client);

        assertThat(webhooks(client).list()).containsExactlyInAnyOrder("https://somebody.example/hook", OURS.toString());
    }

    @Test
    void remove_takesOursAway_andLeavesOthers() throws Exception {
        ChorusClient client = client(Dialect.ENGAGEMENTS);
        webhooks(client).add("https://somebody.example/hook");
        registration.keep(client);

        registration.remove(client);

        assertThat(webhooks(client).list()).containsExactly("https://somebody.example/hook");
    }

    @Test
    void keep_withoutAnAddress_orInADialectWithoutWebhooks_asksNothing() {
        new WebhookRegistration(() -> null).keep(client(Dialect.ENGAGEMENTS));
        registration.keep(client(Dialect.CALLS));

        assertThat(simulator.requests()).isZero();
    }

    @Test
    void keep_whenChorusRefuses_goesOn() {
        simulator.changes().revokeKey(true);

        registration.keep(client(Dialect.ENGAGEMENTS));

        assertThat(simulator.requests()).isEqualTo(1);
    }

    private ChorusClient client(Dialect dialect) {
        return ChorusClients.open(
                dialect,
                transport,
                simulator.baseUri(),
                new ApiKeyAuthorization(HeaderStyle.BEARER, KEY),
                Clock.systemUTC());
    }

    private static ChorusClient.Webhooks webhooks(ChorusClient client) {
        return Objects.requireNonNull(client.webhooks());
    }
}
