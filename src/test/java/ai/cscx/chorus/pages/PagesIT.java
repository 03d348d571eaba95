package ai.cscx.chorus.pages;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.TestApplication;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pages as a browser without a script asks for them. */
final class PagesIT {
    private static final TestApplication APPLICATION = TestApplication.get();
    private static final Pattern FORM_KEY = Pattern.compile("name=\"formKey\" value=\"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("href=\"(/[^\"#]*)");

    /** A browser with cookies, which follows no redirect. */
    private static final class Browser {
        private final HttpClient http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

        HttpResponse<String> get(String path) {
            return send(HttpRequest.newBuilder(APPLICATION.address().resolve(path))
                    .header("Accept", "text/html")
                    .GET());
        }

        HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
            StringBuilder body = new StringBuilder();
            form.forEach((name, value) -> body.append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                    .append('&'));
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            APPLICATION.address().resolve(path))
                    .header("Accept", "text/html")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
            return send(headers.length == 0 ? request : request.headers(headers));
        }

        String formKey() {
            Matcher key = FORM_KEY.matcher(get("/calls").body());
            assertThat(key.find()).isTrue();
            return key.group(1);
        }

        private HttpResponse<String> send(HttpRequest.Builder request) {
            try {
                return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
        }
    }

    private static Browser signedIn(String token) {
        Browser browser = new Browser();
        HttpResponse<String> answer = browser.post("/login", Map.of("token", token));
        assertThat(answer.statusCode()).isEqualTo(303);
        return browser;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void newcomer_inADemo_findsTheLibraryBehindAStrictPolicy() {
        HttpResponse<String> answer = new Browser().get("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<h1>Library</h1>");
        assertThat(header(answer, "Set-Cookie")).contains("HttpOnly").contains("SameSite=Lax");
        assertThat(header(answer, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body())
                .doesNotContain("<style")
                .doesNotContain("style=")
                .doesNotContain("onclick");
    }

    @Test
    void newcomer_whoAsksByAnotherName_isNotSignedIn() throws IOException {
        URI address = APPLICATION.address();
        try (Socket socket = new Socket("127.0.0.1", address.getPort())) {
            socket.getOutputStream()
                    .write("GET /calls HTTP/1.1\r\nHost: evil.example\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 303").contains("/login").doesNotContain("cscx_session");
        }
    }

    @Test
    void signIn_withAToken_leadsBackAndNowhereElse() {
        Browser browser = new Browser();

        assertThat(header(
                        browser.post("/login", Map.of("token", "demo-leader", "next", "/customers?sort=open")),
                        "Location"))
                .isEqualTo("/customers?sort=open");
        assertThat(browser.get("/calls").body()).contains("Helen Ashworth");
        for (String elsewhere : List.of("https://evil.example", "//evil.example", "/\\evil.example", "javascript:x")) {
            assertThat(header(new Browser().post("/login", Map.of("token", "demo-csm", "next", elsewhere)), "Location"))
                    .isEqualTo("/");
        }
    }

    @Test
    void signIn_withAnUnknownToken_saysWhatToDoAndDoesNotRepeatIt() {
        HttpResponse<String> answer = new Browser().post("/login", Map.of("token", "guessed-token-123"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("ask an admin").doesNotContain("guessed-token-123");
        assertThat(header(answer, "Set-Cookie")).doesNotContain("cscx_session");
    }

    @Test
    void signOut_endsTheSessionForGood() {
        Browser browser = signedIn("demo-csm");

        HttpResponse<String> out = browser.post("/logout", Map.of("formKey", browser.formKey()));

        assertThat(header(out, "Location")).isEqualTo("/login");
        HttpResponse<String> after = browser.get("/calls?sort=oldest");
        assertThat(after.statusCode()).isEqualTo(303);
        assertThat(header(after, "Location")).isEqualTo("/login?next=%2Fcalls%3Fsort%3Doldest");
    }

    @Test
    void forms_withoutTheirKeyOrFromElsewhere_changeNothing() {
        Browser browser = signedIn("demo-csm");
        Map<String, String> search = Map.of("q", "discount", "name", "planted-by-another-site");

        assertThat(browser.post("/searches", search).statusCode()).isEqualTo(403);
        Map<String, String> withKey = new LinkedHashMap<>(search);
        withKey.put("formKey", browser.formKey());
        assertThat(browser.post("/searches", withKey, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/searches", withKey, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        withKey.put("formKey", signedIn("demo-csm-2").formKey());
        assertThat(browser.post("/searches", withKey).statusCode()).isEqualTo(403);
        assertThat(browser.get("/alerts").body()).doesNotContain("planted-by-another-site");
    }

    @Test
    void savedSearch_isKeptAndForgotten() {
        Browser browser = signedIn("demo-csm-2");
        String formKey = browser.formKey();

        browser.post(
                "/searches", Map.of("formKey", formKey, "q", "sandbox", "name", "About sandboxes", "alert", "yes"));
        Matcher kept = Pattern.compile("/searches/([0-9a-f-]{36})")
                .matcher(browser.get("/alerts").body());
        assertThat(kept.find()).isTrue();
        browser.post("/searches/" + kept.group(1), Map.of("formKey", formKey, "do", "remove"));

        assertThat(browser.get("/alerts").body()).doesNotContain("About sandboxes");
    }

    @Test
    void csm_findsNobodyElsesCustomerOnAnyPage() {
        Set<String> theirs = new TreeSet<>();
        APPLICATION
                .all("demo-csm", "/api/customers?limit=200")
                .forEach(one -> theirs.add(one.path("id").asText()));
        JsonNode foreign = APPLICATION.all("demo-admin", "/api/customers?limit=200").stream()
                .filter(one -> !theirs.contains(one.path("id").asText()))
                .filter(one -> !APPLICATION
                        .all(
                                "demo-admin",
                                "/api/chorus/meetings?limit=1&customerId="
                                        + one.path("id").asText())
                        .isEmpty())
                .findFirst()
                .orElseThrow();
        String id = foreign.path("id").asText();
        String name = foreign.path("name").asText();
        String call = APPLICATION
                .all("demo-admin", "/api/chorus/meetings?limit=1&customerId=" + id)
                .getFirst()
                .path("id")
                .asText();
        Browser csm = signedIn("demo-csm");

        for (String path : List.of(
                "/calls",
                "/calls?customer=" + id,
                "/calls?title="
                        + URLEncoder.encode(name, StandardCharsets.UTF_8).substring(0, 3),
                "/customers",
                "/search?q=discount",
                "/search?q=discount&customer=" + id,
                "/tasks?status=all",
                "/tasks?customer=" + id,
                "/chat",
                "/alerts")) {
            HttpResponse<String> answer = csm.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body().replace("&amp;", "&")).as(path).doesNotContain(name);
        }
        String unknown = UUID.randomUUID().toString();
        for (String path : List.of("/calls/", "/customers/", "/calls/%s?t=60", "/chat/")) {
            String place = path.contains("%s") ? path : path + "%s";
            HttpResponse<String> refused = csm.get(place.formatted(path.startsWith("/customers") ? id : call));
            HttpResponse<String> missing = csm.get(place.formatted(unknown));
            assertThat(refused.statusCode()).as(path).isEqualTo(404);
            assertThat(refused.body()).as(path).isEqualTo(missing.body());
        }
        assertThat(csm.post("/calls/" + call + "/customer", Map.of("formKey", csm.formKey(), "customer", id))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void everyPage_isReachedFromTheFirstAndHasOneHeading() {
        for (String token : List.of("demo-csm", "demo-leader", "demo-admin")) {
            Browser browser = signedIn(token);
            Set<String> shapes = new TreeSet<>();
            Deque<String> ahead = new ArrayDeque<>(List.of("/"));
            while (!ahead.isEmpty()) {
                String path = ahead.poll();
                if (path.startsWith("/assets/") || !shapes.add(shape(path))) {
                    continue;
                }
                HttpResponse<String> answer = browser.get(path);
                assertThat(answer.statusCode()).as(token + " " + path).isEqualTo(200);
                assertThat(answer.body().split("<h1", -1))
                        .as(token + " " + path)
                        .hasSize(2);
                Matcher link = LINK.matcher(answer.body());
                while (link.find()) {
                    ahead.add(link.group(1).replace("&amp;", "&"));
                }
            }
            assertThat(shapes)
                    .contains("/calls", "/calls/ID", "/customers", "/customers/ID", "/search", "/tasks", "/chat");
            assertThat(shapes.stream().anyMatch(shape -> shape.startsWith("/admin")))
                    .as(token)
                    .isEqualTo(token.equals("demo-admin"));
        }
    }

    /** The path without ids and query: one of each is enough. */
    private static String shape(String path) {
        return path.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID").replaceAll("\\?.*", "");
    }

    @Test
    void wrongFilters_areToldOnThePage() {
        Browser browser = signedIn("demo-leader");

        HttpResponse<String> swapped = browser.get("/calls?from=2026-11-20&to=2026-11-01");

        assertThat(swapped.statusCode()).isEqualTo(400);
        assertThat(swapped.body()).contains("swap the two days").contains("value=\"2026-11-20\"");
        assertThat(browser.get("/calls?sort=sideways").statusCode()).isEqualTo(400);
        assertThat(browser.get("/search?q=-only").statusCode()).isEqualTo(400);
        assertThat(browser.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(browser.get("/nowhere").body()).contains("There is nothing here");
    }

    @Test
    void question_isAnsweredAndItsSourceOpened() {
        Browser browser = signedIn("demo-leader");

        HttpResponse<String> asked = browser.post(
                "/chat", Map.of("formKey", browser.formKey(), "message", "What action items from Acme calls?"));

        assertThat(asked.statusCode()).isEqualTo(303);
        String page = browser.get(header(asked, "Location")).body();
        Matcher source = Pattern.compile("class=\"cite\" href=\"([^\"]+)\"").matcher(page);
        assertThat(source.find()).isTrue();
        HttpResponse<String> opened = browser.get(source.group(1).replace("&amp;", "&"));
        assertThat(opened.statusCode()).isIn(200, 303);
        assertThat(page).contains("<table>").contains("How I read this");
    }
}
