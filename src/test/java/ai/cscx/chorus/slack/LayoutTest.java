package ai.cscx.chorus.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LayoutTest {
    @Test
    void thirteenThousandCharacters_areSplit_andNothingIsLost() {
        List<String> lines = Collections.nCopies(130, "x".repeat(99));

        List<Message> messages = new Layout()
                .lines(lines)
                .buttons(List.of(new Layout.Button("share", "Share here", "1", null)))
                .messages();

        assertThat(messages).hasSize(2);
        assertThat(messages.stream().map(LayoutTest::text).collect(Collectors.joining("\n")))
                .isEqualTo(String.join("\n", lines));
        assertThat(messages)
                .allSatisfy(message -> assertThat(
                                message.text().length() + text(message).length())
                        .isLessThanOrEqualTo(Layout.MOST_CHARACTERS));
        assertThat(messages.getLast().blocks().getLast().getType()).isEqualTo("actions");
    }

    @Test
    void manyBlocks_areSplit() {
        Layout layout = new Layout();
        for (int i = 0; i < 100; i++) {
            layout.lines(List.of("line " + i));
        }

        assertThat(layout.messages())
                .hasSize(3)
                .allSatisfy(message -> assertThat(message.blocks()).hasSizeLessThanOrEqualTo(Layout.MOST_BLOCKS));
    }

    @Test
    void text_isTakenVerbatim_soThatNothingIsLinkedByItself() {
        SectionBlock section =
                (SectionBlock) Message.of("see #general").blocks().getFirst();

        assertThat(section.getText())
                .isInstanceOfSatisfying(
                        MarkdownTextObject.class,
                        text -> assertThat(text.getVerbatim()).isTrue());
    }

    @Test
    void notification_showsNoHalfLink() {
        Message message = Message.of("They asked <https://chorus.ai/meeting/1?t=612|[1]>.");

        assertThat(message.text()).isEqualTo("They asked [1].");
    }

    private static String text(Message message) {
        return message.blocks().stream()
                .filter(SectionBlock.class::isInstance)
                .map(block -> ((SectionBlock) block).getText().getText())
                .collect(Collectors.joining("\n"));
    }
}
