package ai.cscx.chorus.sync;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Utterance;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemReaderTest {
    private static final List<Utterance> SAID = List.of(
            said(0, "Dana Whitfield", "Good morning everybody, shall we begin with the rollout?"),
            said(1, "Wile Coyote", "The rollout is fine, but we have duplicate rocket sled parts in the list."),
            said(2, "Dana Whitfield", "I'll send you the list of duplicate rocket sled parts by Friday."),
            said(3, "Wile Coyote", "Great. And the security questionnaire?"),
            said(4, "Dana Whitfield", "Our security people will answer that."));

    @Test
    void place_isTheUtteranceThatSaysIt() {
        ItemPlace place = new ItemPlace(SAID);

        assertThat(place.of("Send the list of duplicate rocket sled parts to Wile by Friday", "Dana Whitfield"))
                .isEqualTo(SAID.get(2).startMs());
        assertThat(place.of("Renew the insurance of the fleet", null)).isNull();
    }

    @Test
    void place_saidTwice_isUnclear() {
        ItemPlace place = new ItemPlace(List.of(
                SAID.get(0),
                SAID.get(2),
                SAID.get(3),
                said(9, "Dana Whitfield", SAID.get(2).text())));

        assertThat(place.of("Send the list of duplicate rocket sled parts", null))
                .isNull();
    }

    @Test
    void doer_isNamedByTheWords() {
        Participant dana = person("Dana Whitfield", Side.INTERNAL);
        Participant wile = person("Wile Coyote", Side.EXTERNAL);
        List<Participant> people = List.of(dana, wile);

        assertThat(Doer.of("Dana will send the quote to Wile", people)).isEqualTo(dana);
        assertThat(Doer.of("Wile Coyote: confirm the seats", people)).isEqualTo(wile);
        assertThat(Doer.of("Wile Coyote to confirm the seats", people)).isEqualTo(wile);
        assertThat(Doer.of("Send the quote (Dana)", people)).isEqualTo(dana);
        assertThat(Doer.of("Send the quote to Wile", people)).isNull();
        assertThat(Doer.of("Danae will send it", people)).isNull();
        assertThat(Doer.of("Dana will send it", List.of(dana, person("Dana Scott", Side.EXTERNAL))))
                .isNull();
    }

    private static Participant person(String name, Side side) {
        return new Participant(name, null, null, null, side);
    }

    private static Utterance said(int index, String speaker, String text) {
        return new Utterance(
                index, speaker, null, Side.UNKNOWN, index * 30_000L, index * 30_000L + 10_000, text, false);
    }
}
