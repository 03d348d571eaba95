package ai.cscx.chorus.date;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Said on Thursday, 22 October 2026. */
class DuePhrasesTest {
    private static final LocalDate SAID = LocalDate.of(2026, 10, 22);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Send the contract by Friday | 2026-10-23",
                "Send the contract by Thursday | 2026-10-29",
                "Paula will send it tomorrow | 2026-10-23",
                "Finish it today | 2026-10-22",
                "Send the revised quote next week | 2026-10-30",
                "Send the revised quote by next week | 2026-10-30",
                "Send the revised quote by the end of the week | 2026-10-23",
                "Send it by EOW | 2026-10-23",
                "Return the signed agreement before the 15th | 2026-11-14",
                "Share the plan in two weeks | 2026-11-05",
                "Come back in 10 days | 2026-11-01",
                "Close the list within three days | 2026-10-25",
                "Clean the list by end of month | 2026-10-31",
                "Clean the list at the end of the month | 2026-10-31",
                "Confirm the final seat count by October 30 | 2026-10-30",
                "Confirm the final seat count by October 30th, 2026 | 2026-10-30",
                "Confirm the final seat count on 3 November | 2026-11-03",
                "Confirm the count by 2026-11-04 | 2026-11-04",
                "Send the October invoice by Monday | 2026-10-26",
                "Share the notes from last week by Tuesday | 2026-10-27",
                "Reply no later than November 2 | 2026-11-02",
                "Book the workshop on Wednesday | 2026-10-28",
                "Sign it before March | 2027-02-28",
                "Send it this month | 2026-10-31",
                "Call Wile Monday | 2026-10-26",
            })
    void explicitPhrase_isADay(String text, LocalDate day) {
        assertThat(DuePhrases.read(text, SAID, List.of())).isEqualTo(new DuePhrases.Due(day, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Send the October invoice",
                "Share the notes from last week",
                "Prepare the Q3 report",
                "Look at Monday's deck",
                "Check the 2025 figures",
                "Send the contract as soon as possible",
                "Send 15 licences to the team",
            })
    void nameOfATime_isNone(String text) {
        assertThat(DuePhrases.read(text, SAID, List.of())).isEqualTo(DuePhrases.Due.UNSAID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sign it by March",
                "Decide next quarter",
                "Send the draft by Friday, or by Monday",
                "Have it ready by Christmas",
                "Prepare the agenda for Thursday",
                "Call back after the 15th",
                "Meet around Friday",
            })
    void vaguePhrase_isUnsure(String text) {
        assertThat(DuePhrases.read(text, SAID, List.of())).isEqualTo(DuePhrases.Due.UNSURE);
    }

    @Test
    void nameOfAPerson_isNoMonth() {
        assertThat(DuePhrases.read("April May will send it by Friday", SAID, List.of("April May"))
                        .day())
                .isEqualTo(LocalDate.of(2026, 10, 23));
        assertThat(DuePhrases.read("April will send it", SAID, List.of("April Jones")))
                .isEqualTo(DuePhrases.Due.UNSAID);
    }
}
