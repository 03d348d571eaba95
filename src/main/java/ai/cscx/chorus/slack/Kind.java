package ai.cscx.chorus.slack;

import java.util.Locale;

/** What somebody in Slack wants of us. Stored in lower case. */
enum Kind {
    /** Wrote to us. The body is what they wrote. */
    QUESTION(true),
    /** Used the slash command. The body is what follows it. */
    COMMAND(true),
    /** Clicked a message that we suggested. The body names the button. */
    CHOICE(true),
    /** Clicked yes. The body names the request whose answer proposed a change. */
    CONFIRM(true),
    /** Clicked no. */
    DECLINE(true),
    /** Wants the next page of a list. */
    PAGE(false),
    /** Shows others what only they were shown. */
    SHARE(false),
    /** Opened the home tab. */
    HOME(false);

    private final boolean inOrder;

    Kind(boolean inOrder) {
        this.inOrder = inOrder;
    }

    /** Whether it waits for what was said before in its thread. */
    boolean inOrder() {
        return inOrder;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kind parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
