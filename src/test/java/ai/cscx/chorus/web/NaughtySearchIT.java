package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.NaughtyStrings;
import ai.cscx.chorus.web.HttpRig.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever is typed into the search is answered, or refused with advice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NaughtySearchIT {
    @SuppressWarnings("NullAway.Init")
    private HttpRig rig;

    @BeforeAll
    void start() {
        rig = new HttpRig();
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @Test
    void search_naughtyString_isAnsweredOrRefusedWithAdvice() {
        List<String> broken = new ArrayList<>();
        int answered = 0;
        for (String q : NaughtyStrings.all()) {
            for (String parameter : List.of("q", "q=discount&speaker")) {
                Reply reply = rig.get(
                        HttpRig.MARIA,
                        "/api/chorus/search?" + parameter + "=" + URLEncoder.encode(q, StandardCharsets.UTF_8));
                switch (reply.status()) {
                    case 200 -> answered++;
                    case 400, 414, 431 -> {}
                    default -> broken.add(reply.status() + " for " + parameter + " " + q);
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(answered).isGreaterThan(NaughtyStrings.all().size());
    }
}
