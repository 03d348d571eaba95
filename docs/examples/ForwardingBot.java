import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * A bot of one's own: takes {@code POST /?thread=…&email=…} with the message as the body from whatever chat there is, asks
 * CSCX Chorus on behalf of that person, and answers with its JSON. Run it: java ForwardingBot.java 8080
 */
public class ForwardingBot {
    static final String CHORUS = System.getenv().getOrDefault("CSCX_URL", "http://localhost:7070");
    static final String TOKEN = System.getenv("CSCX_SERVICE_TOKEN"); // of a person with the role "service"

    public static void main(String[] arguments) throws IOException {
        var client = HttpClient.newHttpClient();
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var query = "&" + exchange.getRequestURI().getQuery() + "&"; // from your chat, after you checked its signature
            var email = query.replaceAll(".*&email=([^&]*)&.*", "$1");
            var thread = query.replaceAll(".*&thread=([^&]*)&.*", "$1");
            // One conversation for each person in each thread: to others it does not exist.
            var conversation = UUID.nameUUIDFromBytes((TOKEN + thread + " " + email).getBytes());
            var message = new String(exchange.getRequestBody().readAllBytes(), "UTF-8");
            var body = "{\"conversationId\":\"" + conversation + "\",\"message\":\"" + quoted(message) + "\"}";
            var request = HttpRequest.newBuilder(URI.create(CHORUS + "/api/chat"))
                    .header("Authorization", "Bearer " + TOKEN)
                    .header("X-On-Behalf-Of", email)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            try (exchange) {
                var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body()); // reply, citations, suggestions, pendingAction …
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\R", "\\\\n").replaceAll("\\p{Cntrl}", " ");
    }
}
