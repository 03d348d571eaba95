package ai.cscx.chorus.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.agent.Assistant;
import ai.cscx.chorus.agent.Conversations;
import ai.cscx.chorus.agent.LanguageModel;
import ai.cscx.chorus.agent.Prompts;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.store.Json;
import ai.cscx.chorus.web.HttpRig;
import ai.cscx.chorus.web.WebServer;
import com.slack.api.app_backend.SlackSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bot behind its real server on a real database, with a Slack of its own. Maria, Tom and Ada are members. */
final class SlackRig implements AutoCloseable {
    static final String SECRET = "a-signing-secret";
    static final String MARIA = "U1MARIA";
    static final String TOM = "U2TOM";
    static final String ADA = "U3ADA";

    final HttpRig http = new HttpRig();
    final FakeSlack slack = new FakeSlack();
    private final HttpClient client = HttpClient.newHttpClient();
    private Jobs jobs;
    private SlackBot bot;
    private WebServer server;
    private int next = 1;

    /**
     * @param languageModel address of one, up to and with /v1; null = commands only
     */
    SlackRig(@Nullable String languageModel) {
        slack.user(MARIA, "maria@cscx.example");
        slack.user(TOM, "tom@cscx.example");
        slack.user(ADA, "Admin@cscx.example");
        start(languageModel);
    }

    /** As a start of the program, with what is in the database. */
    void start(@Nullable String languageModel) {
        WebServer.Features features = http.features;
        jobs = new Jobs(http.database, Clock.systemUTC(), 2);
        Assistant assistant = languageModel == null
                ? features.assistant()
                : new Assistant(
                        http.database,
                        features.calls(),
                        features.tasks(),
                        features.desk(),
                        features.customers(),
                        features.people(),
                        features.search(),
                        features.signals(),
                        new Conversations(http.database),
                        new Prompts("test", "Answer."),
                        new LanguageModel(new LanguageModel.Settings(
                                null, languageModel, "scripted", LanguageModel.Settings.TIMEOUT)),
                        null,
                        features.clock());
        bot = new SlackBot(
                new SlackSettings(SECRET, FakeSlack.TOKEN, slack.apiUrl()),
                new SlackBot.Features(
                        http.database,
                        jobs,
                        features.people(),
                        assistant,
                        features.tasks(),
                        features.alerts(),
                        features.clock(),
                        Clock.systemUTC()));
        bot.register(jobs);
        server = new WebServer(
                new WebServer.Settings("127.0.0.1", 0, null), features, null, List.of(), List.of(bot.postbox()));
        server.start();
        jobs.start();
    }

    /** Stops working, while the server goes on taking. */
    void stopWorking() {
        jobs.close();
    }

    void stop() {
        jobs.close();
        server.close();
        try {
            bot.close();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    String ts() {
        return "1800000000.%06d".formatted(next++);
    }

    /** A direct message; says its ts. */
    String dm(String user, String channel, String text, @Nullable String thread) {
        String ts = ts();
        Map<String, Object> event = message("message", user, channel, text, ts, thread);
        event.put("channel_type", "im");
        event("Ev" + ts, event);
        return ts;
    }

    String mention(String user, String channel, String text, @Nullable String thread) {
        String ts = ts();
        event("Ev" + ts, message("app_mention", user, channel, "<@" + FakeSlack.SELF + "> " + text, ts, thread));
        return ts;
    }

    static Map<String, Object> message(
            String type, String user, String channel, String text, String ts, @Nullable String thread) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", type);
        event.put("user", user);
        event.put("channel", channel);
        event.put("text", text);
        event.put("ts", ts);
        if (thread != null) {
            event.put("thread_ts", thread);
        }
        return event;
    }

    HttpResponse<String> event(String id, Map<String, Object> event) {
        return post(
                "/slack/events",
                Json.write(
                        Map.of("type", "event_callback", "event_id", id, "team_id", FakeSlack.TEAM, "event", event)));
    }

    HttpResponse<String> command(String user, String channel, String text) {
        return post(
                "/slack/commands",
                form(Map.of(
                        "command",
                        "/chorus",
                        "text",
                        text,
                        "team_id",
                        FakeSlack.TEAM,
                        "channel_id",
                        channel,
                        "user_id",
                        user,
                        "trigger_id",
                        "trigger-" + next++,
                        "response_url",
                        slack.responseUrl(channel))));
    }

    HttpResponse<String> click(String user, String channel, String action, String value) {
        return click(user, channel, action, value, ts());
    }

    HttpResponse<String> click(String user, String channel, String action, String value, String at) {
        Map<String, Object> payload = Map.of(
                "type", "block_actions",
                "team", Map.of("id", FakeSlack.TEAM),
                "user", Map.of("id", user),
                "channel", Map.of("id", channel),
                "response_url", slack.responseUrl(channel),
                "actions", List.of(Map.of("action_id", action, "value", value, "action_ts", at)));
        return post("/slack/interactions", form(Map.of("payload", Json.write(payload))));
    }

    HttpResponse<String> post(String path, String body) {
        return post(path, body, Instant.now(), SECRET);
    }

    HttpResponse<String> post(String path, String body, Instant at, String secret) {
        String timestamp = Long.toString(at.getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .header(
                        "Content-Type",
                        path.endsWith("events") ? "application/json" : "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", new SlackSignature.Generator(secret).generate(timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    long waiting() {
        return http.database.read(
                handle -> handle.createQuery("SELECT count(*) FROM chorus_slack_requests WHERE state = 'waiting'")
                        .mapTo(Long.class)
                        .one());
    }

    long requests() {
        return http.database.read(handle -> handle.createQuery("SELECT count(*) FROM chorus_slack_requests")
                .mapTo(Long.class)
                .one());
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        stop();
        http.close();
        slack.close();
        client.close();
    }
}
