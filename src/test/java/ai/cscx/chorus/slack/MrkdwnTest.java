package ai.cscx.chorus.slack;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.agent.Answer.Citation;
import java.util.List;
import org.junit.jupiter.api.Test;

class MrkdwnTest {
    private static Citation citation(int n, String url) {
        return new Citation(n, "c", "QBR", "Paula Reyes", "external", 612.4, "A discount", url);
    }

    private static String line(String reply, Citation... citations) {
        return String.join("\n", Mrkdwn.lines(reply, List.of(citations)));
    }

    @Test
    void whatWasSaid_canNeitherMentionNorLink() {
        String said = line(
                "He said <!channel> <@U1> <https://evil.example|click> & @here, @Channel [home](https://evil.example)");

        assertThat(said)
                .contains("&lt;!channel&gt;", "&lt;@U1&gt;", "&lt;https://evil.example|click&gt;", "&amp;", "home")
                .doesNotContain("<", ">", "@here", "@Channel", "(https");
    }

    @Test
    void handle_becomesALinkToTheSecond() {
        assertThat(line("They asked [1], twice [2].", citation(1, "https://chorus.ai/meeting/1?a=b&t=612")))
                .isEqualTo("They asked <https://chorus.ai/meeting/1?a=b&amp;t=612|[1]>, twice [2].");
    }

    @Test
    void address_thatIsNoWebPage_orBreaksOut_isNoLink() {
        assertThat(line("[1]", citation(1, "javascript:alert(1)"))).isEqualTo("[1]");
        assertThat(line("[1]", citation(1, "https://a.example/>|<!channel>"))).doesNotContain("<!channel>");
        assertThat(Mrkdwn.link("https://a.example/x", "a|b <!here>"))
                .isEqualTo("<https://a.example/x|a/b &lt;!here&gt;>");
    }

    @Test
    void tables_becomeLists() {
        assertThat(line("""
                Calls:
                | Customer | Calls |
                |---|:---:|
                | Acme | 3 |
                | Globex |  |
                That is all.""")).isEqualTo("""
                Calls:
                • Customer: Acme · Calls: 3
                • Customer: Globex
                That is all.""");
    }

    @Test
    void headingsBulletsAndBold_areSlacks() {
        assertThat(line("## Acme\n- **Open** items\n  * one")).isEqualTo("*Acme*\n• *Open* items\n  • one");
    }

    @Test
    void longLine_isCutBetweenWords_andEscapedCharactersStayWhole() {
        String reply = "<&> ".repeat(2_000) + "[1]";

        List<String> lines = Mrkdwn.lines(reply, List.of(citation(1, "https://chorus.ai/1")));

        assertThat(lines).hasSizeGreaterThan(5).allSatisfy(line -> {
            assertThat(line.length()).isLessThanOrEqualTo(Mrkdwn.LONGEST_LINE);
            assertThat(line.replace("&lt;", "").replace("&gt;", "").replace("&amp;", ""))
                    .doesNotContain("&");
        });
        assertThat(lines.getLast()).endsWith("<https://chorus.ai/1|[1]>");
    }
}
