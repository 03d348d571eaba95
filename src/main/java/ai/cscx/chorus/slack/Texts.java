package ai.cscx.chorus.slack;

import ai.cscx.chorus.access.Asker;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody wrote in Slack, as plain text: references become the names that they show. Thread-safe. */
final class Texts {
    private static final Pattern LEADING_MENTION = Pattern.compile("^\\s*(?:<@[A-Z0-9]+(?:\\|[^>]*)?>[\\s,:]*)");
    private static final Pattern MEMBER = Pattern.compile("<@([A-Z0-9]+)(?:\\|[^>]*)?>");
    private static final Pattern LABELLED = Pattern.compile("<[^>|]*\\|([^>]*)>");
    private static final Pattern BARE = Pattern.compile("<(?:mailto:|!|#)?([^>]*)>");

    private final Members members;
    private final WebApi api;

    Texts(Members members, WebApi api) {
        this.members = members;
        this.api = api;
    }

    /** Mentions of us go, those of people in CSCX become their names, and of others nothing is told. */
    String plain(String team, String written) {
        Matcher leading = LEADING_MENTION.matcher(written);
        String rest = leading.lookingAt() ? written.substring(leading.end()) : written;
        String named = MEMBER.matcher(rest)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1).equals(api.self())
                                ? ""
                                : members.asker(team, match.group(1))
                                        .map(Asker::name)
                                        .orElse("")));
        String labelled = LABELLED.matcher(named).replaceAll("$1");
        return BARE.matcher(labelled)
                .replaceAll("$1")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .strip();
    }
}
