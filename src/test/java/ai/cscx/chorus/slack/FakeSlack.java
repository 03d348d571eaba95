package ai.cscx.chorus.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A Web API of Slack over HTTP: keeps messages, refuses what Slack refuses (wrong token, too many blocks, too long text), and
 * limits or breaks off on demand. Thread-safe.
 */
public final class FakeSlack implements AutoCloseable {
    public static final String TOKEN = "xoxb-made-up";
    public static final String TEAM = "T1";
    static final String SELF = "UBOT";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BLOCKS = 50;
    private static final int LONGEST_SECTION = 3_000;
    private static final int LONGEST_MESSAGE = 11_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Post> posts = new TreeMap<>();
    private final Map<String, ObjectNode> users = new LinkedHashMap<>();
    private final Map<String, ObjectNode> channels = new LinkedHashMap<>();
    private final Map<String, List<String>> members = new LinkedHashMap<>();
    private final Map<String, List<Integer>> limits = new LinkedHashMap<>();
    private final List<String> breaks = new ArrayList<>();
    private int next = 1;

    /** A request that was taken. */
    public record Call(String method, Map<String, String> form) {
        JsonNode blocks() {
            return tree(form.getOrDefault("blocks", "[]"));
        }
    }

    /** A message as it stands in a channel. */
    record Post(String ts, Map<String, String> form) {
        String channel() {
            return form.getOrDefault("channel", "");
        }

        String thread() {
            return form.getOrDefault("thread_ts", "");
        }

        JsonNode blocks() {
            return tree(form.getOrDefault("blocks", "[]"));
        }

        /** Of its sections. */
        String words() {
            return FakeSlack.words(blocks());
        }
    }

    public FakeSlack() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/api/", this::answer);
        server.createContext("/respond/", this::respond);
        server.setExecutor(threads);
        server.start();
    }

    public URI apiUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/");
    }

    String responseUrl(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/respond/" + name;
    }

    /** A full member with a confirmed address; change what comes back for others. */
    public synchronized ObjectNode user(String id, String email) {
        ObjectNode user = JSON.createObjectNode()
                .put("id", id)
                .put("team_id", TEAM)
                .put("tz", "Europe/Berlin")
                .put("is_email_confirmed", true);
        user.putObject("profile").put("email", email);
        users.put(id, user);
        return user;
    }

    synchronized ObjectNode channel(String id, boolean closed, String... people) {
        ObjectNode channel =
                JSON.createObjectNode().put("id", id).put("is_channel", true).put("is_private", closed);
        channels.put(id, channel);
        members.put(id, List.of(people));
        return channel;
    }

    /** The next request of this method is answered 429. */
    synchronized void limit(String method, int retryAfterSeconds) {
        limits.computeIfAbsent(method, key -> new ArrayList<>()).add(retryAfterSeconds);
    }

    /** The next request of this method is carried out, and the connection is gone before it is answered. */
    synchronized void breakOff(String method) {
        breaks.add(method);
    }

    public synchronized List<Call> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** What stands in a channel, oldest first. */
    synchronized List<Post> posts(String channel) {
        return posts.values().stream()
                .filter(post -> post.channel().equals(channel))
                .toList();
    }

    static String words(JsonNode blocks) {
        List<String> words = new ArrayList<>();
        blocks.forEach(block -> {
            if (block.path("type").asText().equals("section")) {
                words.add(block.at("/text/text").asText());
            }
        });
        return String.join("\n", words);
    }

    /** The value of a button; null if there is none with such an action. */
    static @Nullable String button(JsonNode blocks, String action) {
        for (JsonNode block : blocks) {
            for (JsonNode element : block.path("elements")) {
                if (element.path("action_id").asText().startsWith(action)) {
                    return element.path("value").asText();
                }
            }
        }
        return null;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestURI().getPath().substring("/api/".length());
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        ObjectNode answer;
        synchronized (this) {
            List<Integer> waiting = limits.getOrDefault(method, List.of());
            if (!waiting.isEmpty()) {
                int seconds = waiting.removeFirst();
                exchange.getResponseHeaders().add("Retry-After", Integer.toString(seconds));
                calls.add(new Call("429 " + method, form));
                send(exchange, 429, JSON.createObjectNode().put("ok", false).put("error", "ratelimited"));
                return;
            }
            answer = authorization.equals("Bearer " + TOKEN) ? run(method, form) : error("invalid_auth");
            if (breaks.remove(method)) {
                exchange.close();
                return;
            }
        }
        send(exchange, 200, answer);
    }

    private void respond(HttpExchange exchange) throws IOException {
        JsonNode body = tree(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        synchronized (this) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("channel", exchange.getRequestURI().getPath());
            form.put("text", body.path("text").asText());
            form.put("blocks", body.path("blocks").toString());
            form.put("replace_original", body.path("replace_original").asText());
            calls.add(new Call("response_url", form));
        }
        send(exchange, 200, JSON.createObjectNode().put("ok", true));
    }

    private ObjectNode run(String method, Map<String, String> form) {
        String refused = tooMuch(form);
        if (refused != null) {
            return error(refused);
        }
        calls.add(new Call(method, form));
        ObjectNode ok = JSON.createObjectNode().put("ok", true);
        switch (method) {
            case "auth.test" -> ok.put("user_id", SELF).put("team_id", TEAM);
            case "chat.postMessage" -> {
                String ts = "1900000000.%06d".formatted(next++);
                posts.put(ts, new Post(ts, form));
                ok.put("ts", ts).put("channel", form.get("channel"));
            }
            case "chat.update" -> {
                Post before = posts.get(form.getOrDefault("ts", ""));
                if (before == null) {
                    return error("message_not_found");
                }
                Map<String, String> changed = new LinkedHashMap<>(before.form());
                changed.putAll(form);
                posts.put(before.ts(), new Post(before.ts(), changed));
                ok.put("ts", before.ts());
            }
            case "chat.postEphemeral" -> ok.put("message_ts", "1900000000.9");
            case "users.info" -> {
                ObjectNode user = users.get(form.getOrDefault("user", ""));
                if (user == null) {
                    return error("user_not_found");
                }
                ok.set("user", user);
            }
            case "conversations.info" -> {
                ObjectNode channel = channels.get(form.getOrDefault("channel", ""));
                if (channel == null) {
                    return error("channel_not_found");
                }
                ok.set("channel", channel);
            }
            case "conversations.members" -> {
                ArrayNode list = ok.putArray("members");
                members.getOrDefault(form.getOrDefault("channel", ""), List.of())
                        .forEach(list::add);
            }
            case "conversations.replies" -> {
                ArrayNode messages = ok.putArray("messages");
                posts.values().stream()
                        .filter(post -> post.thread().equals(form.get("ts")))
                        .forEach(post -> {
                            ObjectNode message = messages.addObject().put("ts", post.ts());
                            if (post.form().containsKey("metadata")) {
                                message.set("metadata", tree(post.form().get("metadata")));
                            }
                        });
            }
            case "views.publish" -> {}
            default -> {
                return error("unknown_method");
            }
        }
        return ok;
    }

    private static @Nullable String tooMuch(Map<String, String> form) {
        JsonNode blocks = tree(form.getOrDefault("blocks", "[]"));
        int characters = form.getOrDefault("text", "").length();
        for (JsonNode block : blocks) {
            int length = block.at("/text/text").asText("").length();
            if (length > LONGEST_SECTION) {
                return "invalid_blocks";
            }
            characters += length;
        }
        return blocks.size() > MOST_BLOCKS
                ? "invalid_blocks"
                : characters > LONGEST_MESSAGE ? "msg_blocks_too_long" : null;
    }

    private static ObjectNode error(String code) {
        return JSON.createObjectNode().put("ok", false).put("error", code);
    }

    private static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] body = answer.toString().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(field.substring(0, equals), UTF_8),
                        URLDecoder.decode(field.substring(equals + 1), UTF_8));
            }
        }
        return form;
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
