package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.TestApplication.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages of other sites, as browsers ask for them. */
class CrossOriginIT {
    private static final TestApplication APP = TestApplication.get();
    private static final List<String> PATHS =
            List.of("/api/chat", "/v1/chat/completions", "/mcp", "/openapi.json", "/api/chorus/meetings");

    @Test
    void preflight_ofAPageThatIsListed_isAllowed_withoutAToken() {
        for (String path : PATHS) {
            Reply reply = preflight(path, TestApplication.PAGE_ORIGIN, "authorization,content-type,x-stainless-os");

            assertThat(reply.status()).as(path).isEqualTo(204);
            assertThat(header(reply, "Access-Control-Allow-Origin")).isEqualTo(TestApplication.PAGE_ORIGIN);
            assertThat(header(reply, "Access-Control-Allow-Methods")).contains("POST", "PATCH", "DELETE");
            assertThat(header(reply, "Access-Control-Allow-Headers"))
                    .isEqualTo("authorization, content-type, x-stainless-os");
            assertThat(header(reply, "Access-Control-Allow-Credentials")).isEmpty();
            assertThat(header(reply, "Vary")).contains("Origin");
        }
    }

    @Test
    void preflight_ofAnyOtherPage_isNot() {
        for (String origin : List.of(
                "https://evil.example",
                "null",
                "http://app.cscx.example",
                "https://app.cscx.example.evil.example",
                "https://app.cscx.example:8443")) {
            for (String path : PATHS) {
                assertThat(header(preflight(path, origin, "authorization"), "Access-Control-Allow-Origin"))
                        .as("%s %s", origin, path)
                        .isEmpty();
            }
        }
        assertThat(header(
                        preflight("/api/chat", TestApplication.PAGE_ORIGIN, "x-on-behalf-of, authorization"),
                        "Access-Control-Allow-Headers"))
                .isEqualTo("authorization");
    }

    @Test
    void answers_andErrors_canBeReadByThePage_andByNoOther() {
        for (String token : new String[] {"demo-csm", null}) {
            HttpRequest.Builder request = APP.request(token, "/api/chat")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"message\":\"help\"}"));
            Reply ours = APP.send(
                    request.copy().header("Origin", TestApplication.PAGE_ORIGIN).build());
            Reply theirs = APP.send(
                    request.copy().header("Origin", "https://evil.example").build());

            assertThat(ours.status()).isEqualTo(token == null ? 401 : 200);
            assertThat(header(ours, "Access-Control-Allow-Origin")).isEqualTo(TestApplication.PAGE_ORIGIN);
            assertThat(header(ours, "Access-Control-Expose-Headers")).contains("X-Request-Id", "Retry-After");
            assertThat(header(ours, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
            assertThat(header(theirs, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(header(theirs, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        }
    }

    @Test
    void pagesForPeople_areForNoOtherSite() {
        Reply reply = preflight("/login", TestApplication.PAGE_ORIGIN, "authorization");

        assertThat(header(reply, "Access-Control-Allow-Origin")).isEmpty();
    }

    private static Reply preflight(String path, String origin, String headers) {
        return APP.send(APP.request(null, path)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", headers)
                .build());
    }

    private static String header(Reply reply, String name) {
        return reply.response().headers().firstValue(name).orElse("");
    }
}
