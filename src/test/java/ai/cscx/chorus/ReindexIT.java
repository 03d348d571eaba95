package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Writing the search index again while it is read. */
class ReindexIT {
    private static final String SEARCH = "/api/chorus/search?q=discount+pricing&mode=lexical&limit=50";

    private final TestApplication app = TestApplication.get();

    @Test
    void reindex_oneCustomerAndAll_findsTheSameAllTheTime() {
        List<String> before = found();
        assertThat(before).isNotEmpty();
        String customer =
                app.get("demo-admin", SEARCH).json().at("/items/0/customer/id").asText();

        TestApplication.Reply one =
                app.post("demo-admin", "/api/chorus/search/reindex", "{\"customerId\": \"" + customer + "\"}");
        assertThat(one.status()).as(one.body()).isEqualTo(202);
        int ofCustomer = one.json().get("calls").asInt();
        assertThat(found()).containsExactlyInAnyOrderElementsOf(before);
        TestApplication.Reply all = app.post("demo-admin", "/api/chorus/search/reindex", "{}");
        assertThat(all.status()).as(all.body()).isEqualTo(202);

        assertThat(ofCustomer).isPositive();
        assertThat(found()).containsExactlyInAnyOrderElementsOf(before);
        JsonNode coverage = app.get("demo-admin", SEARCH).json().get("coverage");
        assertThat(coverage.get("callsWaiting").asInt()).isZero();
    }

    @Test
    void reindex_byOthersThanAdmins_isForbidden() {
        assertThat(app.post("demo-leader", "/api/chorus/search/reindex", "{}").status())
                .isEqualTo(403);
        assertThat(app.post("demo-csm", "/api/chorus/search/reindex", "{}").status())
                .isEqualTo(403);
    }

    private List<String> found() {
        List<String> found = new ArrayList<>();
        app.get("demo-admin", SEARCH)
                .json()
                .get("items")
                .forEach(hit -> found.add(hit.get("externalId").asText() + ":"
                        + hit.get("utterance").asInt()));
        return found;
    }
}
