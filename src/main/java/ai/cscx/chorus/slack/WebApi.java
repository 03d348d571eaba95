package ai.cscx.chorus.slack;

import ai.cscx.chorus.base.Failure;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.Message.Metadata;
import com.slack.api.model.User;
import com.slack.api.model.view.View;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Slack's Web API through its own Java SDK. A call that Slack limits is not repeated here: the wait is the caller's, and
 * until it is over no instance asks that method again. Thread-safe.
 */
final class WebApi implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration UNTOLD_WAIT = Duration.ofSeconds(30);
    private static final int TOO_MANY = 429;
    private static final String METADATA = "cscx_chorus_answer";
    private static final int MEMBERS_A_PAGE = 200;
    private static final Set<String> TRANSIENT = Set.of(
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org",
            "accesslimited");
    private static final Set<String> LIMITED = Set.of("ratelimited", "rate_limited");

    private final Slack slack;
    private final MethodsClient methods;
    private final Pauses pauses;
    private final @Nullable URI apiUrl;
    private volatile @Nullable String self;

    WebApi(String token, @Nullable URI apiUrl, Pauses pauses) {
        SlackConfig config = new SlackConfig();
        config.setStatsEnabled(false);
        config.setHttpClientCallTimeoutMillis(TIMEOUT_MILLIS);
        config.setHttpClientReadTimeoutMillis(TIMEOUT_MILLIS);
        if (apiUrl != null) {
            String prefix = apiUrl.toString();
            config.setMethodsEndpointUrlPrefix(prefix.endsWith("/") ? prefix : prefix + "/");
        }
        // OkHttp would send a message again when the connection broke, and it would be there twice.
        SlackHttpClient client = new SlackHttpClient(SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .build());
        client.setConfig(config);
        this.slack = Slack.getInstance(config, client);
        this.methods = slack.methods(token);
        this.pauses = pauses;
        this.apiUrl = apiUrl;
    }

    /** Our own member id in the workspace. */
    String self() {
        String known = self;
        if (known == null) {
            known = call("auth.test", () -> methods.authTest(request -> request))
                    .getUserId();
            self = known;
        }
        return known;
    }

    /**
     * Posts a message that everybody in the channel can read, or the person if it is their id.
     *
     * @param thread null: outside of threads
     * @param mark finds it again; null: none
     * @return the message's name in its channel
     */
    String post(String channel, @Nullable String thread, Message message, @Nullable String mark) {
        Metadata metadata = mark == null
                ? null
                : Metadata.builder()
                        .eventType(METADATA)
                        .eventPayload(Map.of("mark", mark))
                        .build();
        return call(
                        "chat.postMessage",
                        () -> methods.chatPostMessage(request -> request.channel(channel)
                                .threadTs(thread)
                                .text(message.text())
                                .blocks(message.blocks())
                                .parse("none")
                                .linkNames(false)
                                .unfurlLinks(false)
                                .unfurlMedia(false)
                                .metadata(metadata)))
                .getTs();
    }

    void update(String channel, String ts, Message message) {
        call(
                "chat.update",
                () -> methods.chatUpdate(request -> request.channel(channel)
                        .ts(ts)
                        .text(message.text())
                        .blocks(message.blocks())
                        .parse("none")
                        .linkNames(false)));
    }

    /** Posts a message that only this person sees. */
    void postEphemeral(String channel, @Nullable String thread, String user, Message message) {
        call(
                "chat.postEphemeral",
                () -> methods.chatPostEphemeral(request -> request.channel(channel)
                        .threadTs(thread)
                        .user(user)
                        .text(message.text())
                        .blocks(message.blocks())
                        .parse("none")
                        .linkNames(false)));
    }

    /** The message of this mark among the newest of a thread; null if it never arrived. */
    @Nullable
    String find(String channel, String thread, String mark) {
        var replies = call(
                "conversations.replies",
                () -> methods.conversationsReplies(request -> request.channel(channel)
                        .ts(thread)
                        .includeAllMetadata(true)
                        .limit(1000)));
        return replies.getMessages().stream()
                .filter(one -> one.getMetadata() != null
                        && METADATA.equals(one.getMetadata().getEventType())
                        && mark.equals(one.getMetadata().getEventPayload().get("mark")))
                .map(com.slack.api.model.Message::getTs)
                .findFirst()
                .orElse(null);
    }

    User user(String id) {
        return call("users.info", () -> methods.usersInfo(request -> request.user(id)))
                .getUser();
    }

    Conversation channel(String id) {
        return call("conversations.info", () -> methods.conversationsInfo(request -> request.channel(id)))
                .getChannel();
    }

    /** Who is in a channel; empty if they are more than so many. */
    Optional<List<String>> members(String channel, int most) {
        List<String> members = new ArrayList<>();
        String cursor = "";
        do {
            String from = cursor;
            var page = call(
                    "conversations.members",
                    () -> methods.conversationsMembers(request -> request.channel(channel)
                            .cursor(from.isEmpty() ? null : from)
                            .limit(MEMBERS_A_PAGE)));
            members.addAll(page.getMembers());
            var more = page.getResponseMetadata();
            cursor = more == null || more.getNextCursor() == null ? "" : more.getNextCursor();
        } while (!cursor.isEmpty() && members.size() <= most);
        return members.size() > most ? Optional.empty() : Optional.of(members);
    }

    void publish(String user, View home) {
        call(
                "views.publish",
                () -> methods.viewsPublish(request -> request.userId(user).view(home)));
    }

    /**
     * Sends what only the person who used a command or clicked sees, to the address that Slack gave with it.
     *
     * @param replace what they see there now
     * @throws SlackRefusal if the address is over, or not Slack's
     */
    void respond(String responseUrl, Message message, boolean replace) {
        String method = "response_url";
        if (!isSlacks(URI.create(responseUrl))) {
            throw new SlackRefusal(method, "not_slacks_address");
        }
        pauses.requireNone(method);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("response_type", "ephemeral");
        body.put("replace_original", replace);
        body.put("text", message.text());
        body.put("blocks", message.blocks());
        try (Response answer = slack.getHttpClient().postJsonBody(responseUrl, body)) {
            if (answer.code() == TOO_MANY) {
                throw pauses.begin(method, retryAfter(answer));
            }
            if (answer.code() >= 500) {
                throw away(null);
            }
            if (answer.code() >= 400) {
                throw new SlackRefusal(method, "http_" + answer.code());
            }
        } catch (IOException gone) {
            throw away(gone);
        }
    }

    /** It carries no token, but what was said; so it goes to Slack, and to nobody who got a signature wrong. */
    private boolean isSlacks(URI address) {
        if (apiUrl != null) {
            return apiUrl.getScheme().equals(address.getScheme())
                    && apiUrl.getHost().equals(address.getHost())
                    && apiUrl.getPort() == address.getPort();
        }
        String host = address.getHost();
        return "https".equals(address.getScheme()) && host != null && host.endsWith(".slack.com");
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException, SlackApiException;
    }

    private <T extends SlackApiTextResponse> T call(String method, Call<T> call) {
        pauses.requireNone(method);
        T answer;
        try {
            answer = call.run();
        } catch (SlackApiException refused) {
            int status = refused.getResponse().code();
            if (status == TOO_MANY) {
                throw pauses.begin(method, retryAfter(refused.getResponse()));
            }
            if (status >= 500) {
                throw away(null);
            }
            throw new SlackRefusal(method, "http_" + status);
        } catch (IOException gone) {
            throw away(gone);
        }
        if (answer.isOk()) {
            return answer;
        }
        String error = String.valueOf(answer.getError());
        if (LIMITED.contains(error)) {
            throw pauses.begin(method, UNTOLD_WAIT);
        }
        if (TRANSIENT.contains(error)) {
            throw away(null);
        }
        throw new SlackRefusal(method, error);
    }

    private static Duration retryAfter(Response limited) {
        String seconds = limited.header("Retry-After");
        return seconds != null && seconds.strip().matches("\\d{1,5}")
                ? Duration.ofSeconds(Math.max(1, Long.parseLong(seconds.strip())))
                : UNTOLD_WAIT;
    }

    private static Failure.Unavailable away(@Nullable IOException cause) {
        String message = "Slack does not answer right now; it is tried again by itself.";
        return cause == null ? new Failure.Unavailable(message) : new Failure.Unavailable(message, cause);
    }

    @Override
    public void close() throws Exception {
        slack.close();
    }
}
