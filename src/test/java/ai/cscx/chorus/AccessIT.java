package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who sees what, on every road that leads to a call. */
class AccessIT {
    private static final TestApplication APP = TestApplication.get();
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    @Test
    void portfolios_ofTwoCsms_shareNothing_andTheLeaderSeesBoth() {
        Set<String> dana = ids("demo-csm");
        Set<String> marcus = ids("demo-csm-2");

        assertThat(dana).isNotEmpty().doesNotContainAnyElementsOf(marcus);
        assertThat(ids("demo-leader")).containsAll(dana).containsAll(marcus);
        assertThat(ids("demo-admin")).containsAll(ids("demo-leader"));
    }

    @Test
    void foreignCall_isAnsweredLikeOneThatDoesNotExist() {
        String foreign = ids("demo-csm").iterator().next();

        for (String path : List.of("/api/chorus/meetings/%s", "/api/chorus/meetings/%s/transcript")) {
            var real = APP.get("demo-csm-2", path.formatted(foreign));
            var none = APP.get("demo-csm-2", path.formatted(NOBODY));
            assertThat(real.status()).isEqualTo(404);
            assertThat(none.status()).isEqualTo(404);
            assertThat(real.body().replace(foreign, NOBODY)).isEqualTo(none.body());
        }
    }

    @Test
    void foreignCustomer_isAnEmptyListAndA404() {
        String acme = acmeId();

        assertThat(APP.get("demo-csm-2", "/api/chorus/meetings?customerId=" + acme)
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(APP.get("demo-csm-2", "/api/chorus/search?q=pricing&customerId=" + acme)
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(APP.get("demo-csm-2", "/api/tasks?customerId=" + acme).json().get("items"))
                .isEmpty();
        assertThat(APP.get("demo-csm-2", "/api/chorus/customer/" + acme).status())
                .isEqualTo(404);
        assertThat(APP.get("demo-csm-2", "/api/customers/" + acme).status()).isEqualTo(404);
        assertThat(APP.get("demo-csm", "/api/chorus/customer/" + acme).status()).isEqualTo(200);
    }

    @Test
    void search_findsWithinThePortfolioOnly() {
        Set<String> mine = ids("demo-csm");

        List<JsonNode> hits = APP.all("demo-csm", "/api/chorus/search?q=pricing&limit=50");

        assertThat(hits).isNotEmpty();
        assertThat(hits)
                .allSatisfy(hit -> assertThat(mine).contains(hit.get("callId").asText()));
    }

    @Test
    void noToken_orAWrongOne_is401_alsoForWhatDoesNotExist() {
        for (String path : List.of("/api/chorus/meetings", "/api/nothing", "/api/chorus/meetings/" + NOBODY)) {
            assertThat(APP.get(null, path).status()).isEqualTo(401);
            assertThat(APP.get("cscx_forged", path).status()).isEqualTo(401);
        }
    }

    @Test
    void settings_areForAdmins() {
        for (String token : List.of("demo-csm", "demo-leader")) {
            assertThat(APP.get(token, "/api/integrations/chorus").status()).isEqualTo(403);
            assertThat(APP.post(token, "/api/chorus/sync", "{}").status()).isEqualTo(403);
            assertThat(APP.post(token, "/api/users", "{}").status()).isEqualTo(403);
            assertThat(APP.post(token, "/api/customers", "{\"name\": \"X\"}").status())
                    .isEqualTo(403);
        }
        assertThat(APP.get("demo-admin", "/api/integrations/chorus")
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("connected");
    }

    @Test
    void serviceToken_actsForAPersonAndNobodyElse() {
        String user = APP.post(
                        TestApplication.ADMIN_TOKEN,
                        "/api/users",
                        "{\"email\": \"bot@ourcompany.example\", \"name\": \"Bot\", \"role\": \"service\"}")
                .json()
                .get("id")
                .asText();
        String token = APP.post(TestApplication.ADMIN_TOKEN, "/api/users/" + user + "/tokens", "{\"name\": \"chat\"}")
                .json()
                .get("token")
                .asText();

        assertThat(APP.get(token, "/api/chorus/meetings").status()).isEqualTo(403);
        assertThat(onBehalfOf(token, "stranger@example.com").status()).isEqualTo(403);
        var reply = onBehalfOf(token, "dana.whitfield@ourcompany.example");
        assertThat(reply.status()).isEqualTo(200);
        Set<String> seen = new HashSet<>();
        reply.json().get("items").forEach(call -> seen.add(call.get("id").asText()));
        assertThat(seen).isEqualTo(ids("demo-csm"));
    }

    @Test
    void customersImport_answersPerRow() {
        String csv = """
                name,aliases,domains,crm_id,owner_email,segment,renewal_date
                Imported One,IO;One,imported-one.example,CRM-IO,dana.whitfield@ourcompany.example,SMB,2027-01-31
                ,,nameless.example,,,,
                Imported Two,,two.example,,nobody@ourcompany.example,SMB,
                """;
        var reply = APP.send(APP.request(TestApplication.ADMIN_TOKEN, "/api/customers/import")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv))
                .build());

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("created").asInt()
                        + reply.json().get("updated").asInt())
                .isEqualTo(1);
        assertThat(reply.json().get("rejected")).hasSize(2);
    }

    private static TestApplication.Reply onBehalfOf(String token, String email) {
        return APP.send(APP.request(token, "/api/chorus/meetings?limit=200")
                .header("X-On-Behalf-Of", email)
                .GET()
                .build());
    }

    private static String acmeId() {
        for (JsonNode customer :
                APP.get("demo-leader", "/api/customers?limit=200").json().get("items")) {
            if (customer.get("name").asText().equals("Acme Corporation")) {
                return customer.get("id").asText();
            }
        }
        throw new AssertionError("No Acme Corporation");
    }

    private static Set<String> ids(String token) {
        Set<String> ids = new HashSet<>();
        APP.all(token, "/api/chorus/meetings?limit=200")
                .forEach(call -> ids.add(call.get("id").asText()));
        return ids;
    }
}
