package ai.cscx.chorus.slack;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines and buttons into blocks, and blocks into as many messages as it takes. Slack refuses a section over 3,000
 * characters, more than 50 blocks, and messages from about 11,000 characters on ({@code msg_blocks_too_long}); ours stay
 * below. Not thread-safe.
 */
final class Layout {
    static final int MOST_CHARACTERS = 9_000;
    static final int MOST_BLOCKS = 45;
    private static final int LONGEST_SECTION = 2_900;
    private static final int LONGEST_LABEL = 75;
    private static final int LONGEST_TEXT = 300;

    private final List<Sized> blocks = new ArrayList<>();
    private String text = "";

    private record Sized(LayoutBlock block, int characters) {}

    /**
     * @param value what comes back when it is clicked
     * @param style {@code primary} or null
     */
    record Button(
            String action,
            String label,
            String value,
            @Nullable String style) {}

    /**
     * Adds lines of mrkdwn, each within the length of a section ({@link Mrkdwn#lines}).
     */
    Layout lines(List<String> lines) {
        StringBuilder section = new StringBuilder();
        for (String line : lines) {
            if (section.length() + 1 + line.length() > LONGEST_SECTION) {
                section(section);
            }
            if (!section.isEmpty()) {
                section.append('\n');
            }
            section.append(line);
        }
        section(section);
        return this;
    }

    private void section(StringBuilder lines) {
        String written = lines.toString().strip();
        lines.setLength(0);
        if (written.isEmpty()) {
            return;
        }
        if (text.isEmpty()) {
            text = shown(written);
        }
        blocks.add(new Sized(
                SectionBlock.builder()
                        // Verbatim: what looks like an address or a channel's name is left as it is.
                        .text(MarkdownTextObject.builder()
                                .text(written)
                                .verbatim(true)
                                .build())
                        .build(),
                written.length()));
    }

    Layout buttons(List<Button> buttons) {
        if (!buttons.isEmpty()) {
            List<BlockElement> elements = new ArrayList<>();
            int characters = 0;
            for (Button button : buttons) {
                String label = shortened(button.label());
                characters += label.length() + button.value().length();
                elements.add(ButtonElement.builder()
                        .actionId(button.action())
                        .text(PlainTextObject.builder().text(label).emoji(false).build())
                        .value(button.value())
                        .style(button.style())
                        .build());
            }
            blocks.add(new Sized(ActionsBlock.builder().elements(elements).build(), characters));
        }
        return this;
    }

    List<LayoutBlock> blocks() {
        return blocks.stream().map(Sized::block).toList();
    }

    /** At least one. */
    List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        List<LayoutBlock> now = new ArrayList<>();
        int characters = text.length();
        for (Sized next : blocks) {
            if (now.size() == MOST_BLOCKS || characters + next.characters() > MOST_CHARACTERS) {
                messages.add(new Message(text, now));
                now = new ArrayList<>();
                characters = text.length();
            }
            now.add(next.block());
            characters += next.characters();
        }
        messages.add(new Message(text, now));
        return messages;
    }

    /** Not cut within an escaped character or a link: at the end of a line, or not shown at all. */
    private static String shown(String section) {
        String line = section.lines().findFirst().orElse("").replaceAll("<[^>|]*\\|([^>]*)>", "$1");
        return line.length() <= LONGEST_TEXT ? line : "CSCX Chorus";
    }

    private static String shortened(String label) {
        String line = label.strip().replaceAll("\\s+", " ");
        if (line.length() <= LONGEST_LABEL) {
            return line;
        }
        int end = LONGEST_LABEL - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
