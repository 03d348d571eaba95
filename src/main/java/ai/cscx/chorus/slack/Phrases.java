package ai.cscx.chorus.slack;

/** What the bot says of its own accord. */
final class Phrases {
    static final String THINKING = "Looking that up …";
    static final String UNKNOWN_PERSON =
            "I answer members of this workspace whom CSCX Chorus knows by the confirmed e-mail address of their Slack profile,"
                    + " and I don't know yours. Ask a CSCX admin to add you with exactly that address (in CSCX Chorus: Admin,"
                    + " People), confirm it in Slack, and ask again. Guests and people of other workspaces can't be added.";
    static final String PRIVATELY = "I answered privately, since others can read along here.";
    static final String BROKE = "Something broke while I looked that up. Please ask again; if it stays, tell an admin.";
    static final String NOT_YOURS = "Only who asked can use this button. Ask me yourself, and you get your own.";
    static final String TOO_OLD = "This button is too old. Please ask again.";
    static final String NO_MORE = "There is nothing more to show.";
    static final String UNSHOWABLE = "Slack doesn't take this answer. It is in CSCX Chorus, under Chat.";
    static final String HELP = "help";

    private Phrases() {}

    static String sharedBy(String slackUser) {
        return "Shared by <@" + slackUser + ">";
    }
}
