package ai.cscx.chorus.agent;

import static ai.cscx.chorus.agent.Rosters.describe;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnderstandingTest {
    /** A Sunday. */
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private final Understanding understanding = new Understanding(LearnedWords::get);

    private record Row(String message, String expected) {}

    static Stream<Row> messages() {
        return lines("commands.txt").map(line -> {
            String[] parts = line.split(" => ", 2);
            return new Row(parts[0], parts[1]);
        });
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_alone_isReadAs(Row row) {
        assertThat(describe(understanding.read(row.message, Rosters.sample(), null, TODAY)))
                .isEqualTo(row.expected);
    }

    /** Conversations, blank lines between them. */
    static Stream<List<Row>> conversations() {
        String all = String.join("\n", lines("follow-ups.txt").toList());
        return Stream.of(all.split("\n--\n"))
                .map(conversation -> conversation
                        .lines()
                        .map(line -> line.split(" => ", 2))
                        .map(parts -> new Row(parts[0], parts[1]))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void message_inConversation_isReadAs(List<Row> conversation) {
        Frame frame = null;
        for (Row row : conversation) {
            Reading reading = understanding.read(row.message, Rosters.sample(), frame, TODAY);
            assertThat(describe(reading)).as(row.message).isEqualTo(row.expected);
            frame = next(reading, frame);
        }
    }

    private static @Nullable Frame next(Reading reading, @Nullable Frame frame) {
        return switch (reading) {
            case Reading.Command command -> Frame.of(command);
            case Reading.Clarify clarify -> Frame.after(clarify, frame);
            case Reading.NoSuchCustomer unknown -> frame;
            case Reading.Pick pick -> frame;
            case Reading.Help help -> frame;
            case Reading.Refuse refuse -> frame;
            case Reading.Unsure unsure -> frame;
        };
    }

    @Test
    void customer_thatAskerMayNotSee_isReadLikeOneThatDoesNotExist() {
        Roster roster = Rosters.without("Kestrel Aerospace & Defense");
        for (String message : List.of(
                "calls with %s",
                "%s calls last week",
                "open items for %s",
                "summary of the last %s call",
                "what did %s say about pricing?",
                "%s's calls",
                "did %s mention sso")) {
            String hidden = describe(understanding.read(message.formatted("Kestrel"), roster, null, TODAY));
            String invented = describe(understanding.read(message.formatted("Vostrel"), roster, null, TODAY));
            assertThat(hidden).as(message).isEqualTo("unknown Kestrel");
            assertThat(invented).isEqualTo(hidden.replace("Kestrel", "Vostrel"));
        }
    }

    @Test
    void sharedFirstWord_withOneOfTwoHidden_namesTheOther() {
        Roster roster = Rosters.without("Pinnacle Wealth Advisors");
        assertThat(describe(understanding.read("pinnacle calls", roster, null, TODAY)))
                .isEqualTo("list_calls; customer=Pinnacle Freight Lines");
        assertThat(describe(understanding.read("Calls with Pinnacle Wealth", roster, null, TODAY)))
                .isEqualTo("unknown Pinnacle Wealth");
    }

    @Test
    void wholeNameOfAHiddenCustomer_isNotTheOtherOfTheSameFirstWord() {
        Roster roster = Rosters.without("Northwind Health Partners");

        assertThat(describe(understanding.read("Show Chorus calls for Northwind Health Partners", roster, null, TODAY)))
                .isEqualTo(describe(understanding.read(
                                "Show Chorus calls for Northwind Wealth Partners", Rosters.sample(), null, TODAY))
                        .replace("Wealth", "Health"));
        assertThat(describe(understanding.read("Show Northwind Health Score", roster, null, TODAY)))
                .isEqualTo("get_health; customer=Northwind Freight Systems, Inc.");
    }

    @Test
    void option_sentAsAMessage_isTheCompleteRequest() {
        Reading reading = understanding.read("zephyr open items", Rosters.sample(), null, TODAY);
        assertThat(reading).isInstanceOfSatisfying(Reading.Clarify.class, clarify -> {
            String message = clarify.pending().options().getLast().message();
            assertThat(describe(understanding.read(message, Rosters.sample(), null, TODAY)))
                    .isEqualTo("list_action_items; customer=Zephyr Analytics Ltd; status=open");
        });
    }

    @Test
    void emptyOrEndlessText_isReadWithoutHarm() {
        assertThat(describe(understanding.read("  <@U1> ", Rosters.sample(), null, TODAY)))
                .isEqualTo("help");
        assertThat(understanding.read("calls ".repeat(5_000), Rosters.sample(), null, TODAY))
                .isNotNull();
        assertThat(understanding.read("\"'&|<>'s \u0000 %s \ud83d\ude00", Rosters.sample(), null, TODAY))
                .isNotNull();
    }

    private static Stream<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(UnderstandingTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
