package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.TestServers;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.IndexedCall;
import ai.cscx.chorus.call.NewActionItem;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.customer.NewCustomer;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Databases;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The server on real PostgreSQL and OpenSearch, with two csm, a leader, an admin, a service and a few calls. */
public final class HttpRig implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String MARIA = "maria-s-token-000";
    static final String TOM = "tom-s-token-00000";
    static final String ADMIN = "admin-s-token-000";
    static final String WEBHOOK_SECRET = "a-secret-of-webhooks";
    static final String SERVICE = "service-s-token-0";

    public final Database database;
    public final WebServer.Features features;
    final CustomerId northwind;
    final CustomerId globex;
    final CallId northwindCall;
    final CallId globexCall;
    final CallId unmatchedCall;
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /** An answer. */
    record Reply(int status, HttpResponse<String> response) {
        JsonNode json() {
            try {
                return WireJson.MAPPER.readTree(response.body());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public HttpRig() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        database = new Database(new Database.Settings(Databases.create(), 5));
        database.start();
        features = RealFeatures.of(database, TestServers.get().openSearch(), clock);
        features.search().start();
        People.Person maria = person("maria@cscx.example", "Maria Lopez", Role.CSM, MARIA);
        People.Person tom = person("tom@cscx.example", "Tom Baker", Role.CSM, TOM);
        person("admin@cscx.example", "Ada Admin", Role.ADMIN, ADMIN);
        person("chat@cscx.example", "Chat", Role.SERVICE, SERVICE);
        northwind = customer("Northwind Freight", maria);
        globex = customer("Globex", tom);
        northwindCall = call("E-1", northwind, TranscriptState.AVAILABLE, "2026-11-20T15:00:00Z");
        globexCall = call("E-2", globex, TranscriptState.AVAILABLE, "2026-11-19T15:00:00Z");
        unmatchedCall = call("E-3", null, TranscriptState.PENDING, "2026-11-18T15:00:00Z");
        call("E-4", northwind, TranscriptState.EMPTY, "2026-11-17T15:00:00Z");
        features.search().refresh();
        server = new WebServer(new WebServer.Settings("127.0.0.1", 0, WEBHOOK_SECRET), features, null);
        server.start();
    }

    Reply get(String token, String path) {
        return send(token, "GET", path, null);
    }

    Reply send(@Nullable String token, String method, String path, @Nullable String body, String... headers) {
        return send(server.port(), token, method, path, body, headers);
    }

    int sendTo(int port, @Nullable String token, String path) {
        return send(port, token, "GET", path, null).status();
    }

    Reply sendTo(int port, @Nullable String token, String method, String path, @Nullable String body) {
        return send(port, token, method, path, body);
    }

    private Reply send(
            int port, @Nullable String token, String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** The status that a path answers with that no URI class would let through. */
    int sendRaw(String token, String path) {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write(("GET " + path
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                                    + token + "\r\n\r\n")
                            .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        client.close();
        features.search().close();
        database.close();
    }

    private People.Person person(String email, String name, Role role, String token) {
        People.Person person = features.people().ensure(new People.NewPerson(email, name, role, null));
        features.people().ensureToken(person.id(), "test", token);
        return person;
    }

    private CustomerId customer(String name, People.Person owner) {
        var admin = People.asker(features.people().byEmail("admin@cscx.example").orElseThrow());
        return features.customers()
                .add(admin, new NewCustomer(name, List.of(), List.of(), null, owner.id(), null, null))
                .id();
    }

    private CallId call(String externalId, @Nullable CustomerId customer, TranscriptState state, String startedAt) {
        boolean spoken = state == TranscriptState.AVAILABLE;
        Transcript transcript = new Transcript(
                "en",
                spoken
                        ? List.of(
                                utterance(0, "Maria Lopez", Side.INTERNAL, 1_000, "Good morning, shall we begin?"),
                                utterance(1, "Paula Reyes", Side.EXTERNAL, 6_500, "We want a discount on the renewal."))
                        : List.of());
        return call(externalId, customer, state, startedAt, transcript);
    }

    CallId call(
            String externalId,
            @Nullable CustomerId customer,
            TranscriptState state,
            String startedAt,
            Transcript transcript) {
        boolean spoken = state == TranscriptState.AVAILABLE;
        CallStore store = new CallStore();
        CallContent content = content(externalId, state, Instant.parse(startedAt), transcript, spoken);
        CallId id = database.inTransaction(handle -> {
            CallStore.Saved saved =
                    store.save(handle, content, Map.of("detail", new byte[0]), "hash", Instant.parse(startedAt));
            store.assign(handle, saved.id(), customer, new CallDetails.Match("made for a test", 1.0, List.of()));
            features.tasks().createFromActionItems(handle, saved.id());
            return saved.id();
        });
        int passages = features.search()
                .index(
                        new IndexedCall(
                                id,
                                externalId,
                                content.title(),
                                content.summary(),
                                customer == null ? null : whose(customer),
                                null,
                                content.startedAt(),
                                "en",
                                content.url(),
                                1,
                                transcript),
                        0);
        database.transact(handle -> handle.execute(
                "UPDATE chorus_calls SET indexed_passages = ?, indexed_version = version WHERE id = ?",
                passages,
                id.value()));
        return id;
    }

    private IndexedCall.Whose whose(CustomerId customer) {
        return database.read(handle -> handle.createQuery("SELECT number, name FROM customers WHERE id = :id")
                .bind("id", customer.value())
                .map((row, context) -> new IndexedCall.Whose(customer, row.getInt("number"), row.getString("name")))
                .one());
    }

    private static CallContent content(
            String externalId, TranscriptState state, Instant startedAt, Transcript transcript, boolean spoken) {
        return new CallContent(
                externalId,
                "engagements",
                "Renewal call",
                startedAt,
                startedAt,
                1_800_400,
                "meeting",
                CallContent.State.DONE,
                state,
                null,
                "en",
                "https://chorus.ai/meeting/" + externalId,
                "They talked.",
                "maria@cscx.example",
                "Maria Lopez",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(
                        new Participant("Maria Lopez", "maria@cscx.example", null, null, Side.INTERNAL),
                        new Participant("Paula Reyes", "paula@northwind.example", "Northwind", "CFO", Side.EXTERNAL)),
                spoken
                        ? List.of(new TrackerHits("t1", "Pricing", 2, List.of(new TrackerHits.Hit(1, 6_500))))
                        : List.of(),
                spoken
                        ? List.of(new NewActionItem(
                                externalId + "-a", "Send the quote", "Maria", Side.INTERNAL, null, 6_500L))
                        : List.of(),
                null,
                transcript);
    }

    private static Utterance utterance(int index, String speaker, Side side, long startMs, String text) {
        return new Utterance(index, speaker, null, side, startMs, startMs + 5_000, text, false);
    }

    static String unknownId() {
        return UUID.randomUUID().toString();
    }
}
