package ai.cscx.chorus.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CuesTest {
    private final Cues cues = Objects.requireNonNull(Cues.of("en-US"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Honestly, it is far too expensive for a team of nine.",
                "I can’t justify that number to my board.",
                "There is no budget left this year.",
                "Vistro quoted us about a lot less.",
                "Frankly we are not seeing the value any more.",
                "We’re quite frustrated with support.",
                "Our biggest concern is data residency.",
                "We have asked for it twice and it is still broken.",
                "I couldn't recommend this to the other region.",
                "We are also looking at other vendors.",
            })
    void reservation_isHeard(String said) {
        assertThat(cues.in(said)).contains(Cue.OBJECTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We decided to cancel the contract in March.",
                "As it stands we will not renew.",
                "They are thinking about leaving you.",
                "We gave notice last week.",
                "We are migrating away from you in spring.",
            })
    void goingAway_isHeard(String said) {
        assertThat(cues.in(said)).contains(Cue.DECLINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We are not going to cancel the contract.",
                "Nobody here thinks that it is too expensive.",
                "It's a fair price and we never lost trust.",
                "Let me cancel my afternoon and call you back.",
                "The new screen is high on our list.",
                "Could you explain the roadmap?",
                "We will renew on the same terms.",
                "I stopped by the Lyon office yesterday.",
                "Let's replace the slide on page four.",
            })
    void harmlessWords_tellNothingBad(String said) {
        assertThat(cues.in(said)).doesNotContain(Cue.OBJECTION, Cue.DECLINE, Cue.STALL, Cue.DEPARTURE);
    }

    @Test
    void negation_inAnotherClause_takesNothingBack() {
        assertThat(cues.in("No, we want to cancel.")).contains(Cue.DECLINE);
    }

    @Test
    void eachCue_isHeardInItsWords() {
        assertThat(cues.in("The project is on hold until the new year.")).contains(Cue.STALL);
        assertThat(cues.in("We'd like to go ahead, please send us the order form."))
                .contains(Cue.ADVANCE);
        assertThat(cues.in("Paula has left the company.")).contains(Cue.DEPARTURE);
        assertThat(cues.in("What is the price per seat?")).isEqualTo(Set.of(Cue.PRICING));
        assertThat(cues.in("I'll send you the figures by Friday.")).isEqualTo(Set.of(Cue.NEXT_STEP));
        assertThat(cues.in("We'll only renew for a shorter term.")).doesNotContain(Cue.ADVANCE);
        assertThat(cues.in("")).isEmpty();
    }

    @Test
    void otherLanguages_haveNoRules_andUnknownOnesAreTakenForEnglish() {
        assertThat(Cues.of("de")).isNull();
        assertThat(Cues.of(null)).isNotNull();
    }
}
