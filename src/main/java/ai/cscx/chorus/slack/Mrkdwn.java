package ai.cscx.chorus.slack;

import ai.cscx.chorus.agent.Answer.Citation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Text in Slack's markup. Whatever was said or written elsewhere is escaped, so that it can neither mention nor link;
 * links are made of citations alone. Tables become lists. Pure.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Formatting message text</a>
 */
final class Mrkdwn {
    static final int LONGEST_LINE = 2_900;
    private static final Pattern HANDLE = Pattern.compile("\\[(\\d{1,9})]");
    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.+?)\\s*#*$");
    private static final Pattern BULLET = Pattern.compile("^(\\s*)[-*+]\\s+(.*)$");
    private static final Pattern BOLD = Pattern.compile("\\*\\*(\\S(?:[^*\\n]*\\S)?)\\*\\*");
    private static final Pattern MARKDOWN_LINK = Pattern.compile("!?\\[([^\\]\\[\\n]*)]\\([^)\\s]*\\)");
    private static final Pattern EVERYBODY =
            Pattern.compile("@(?=(?:channel|here|everyone|group)\\b)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TABLE_RULE =
            Pattern.compile("^\\s*\\|?\\s*:?-{2,}:?\\s*(?:\\|\\s*:?-{2,}:?\\s*)*\\|?\\s*$");
    /** Between @ and the word: nothing that anybody sees. */
    private static final String WORD_JOINER = "\u2060";

    private Mrkdwn() {}

    /** Somebody else's text, as it is: no mention, no link. */
    static String escape(String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return EVERYBODY.matcher(escaped).replaceAll("@" + WORD_JOINER);
    }

    /** A link, or the label alone where the address is no web page. */
    static String link(@Nullable String url, String label) {
        String text = escape(label.replace('|', '/').replaceAll("\\s+", " "));
        return url == null || !isWebPage(url)
                ? text
                : "<"
                        + url.replace("&", "&amp;")
                                .replace("|", "%7C")
                                .replace("<", "%3C")
                                .replace(">", "%3E") + "|" + text + ">";
    }

    private static boolean isWebPage(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (URISyntaxException noAddress) {
            return false;
        }
    }

    /** The lines of an answer; none is longer than a section may be. */
    static List<String> lines(String reply, List<Citation> citations) {
        Map<Integer, Citation> byNumber =
                citations.stream().collect(Collectors.toMap(Citation::n, Function.identity(), (one, other) -> one));
        List<String> lines = new ArrayList<>();
        List<String> raw = listed(reply.lines().toList());
        for (String line : raw) {
            add(lines, line, byNumber);
        }
        return lines;
    }

    private static void add(List<String> lines, String raw, Map<Integer, Citation> citations) {
        String line = line(raw, citations);
        if (line.length() <= LONGEST_LINE) {
            lines.add(line);
            return;
        }
        int middle = raw.length() / 2;
        int space = raw.lastIndexOf(' ', middle);
        // A word without an end is cut where no character and no handle is.
        int cut = space > 0 ? space : Character.isLowSurrogate(raw.charAt(middle)) ? middle - 1 : middle;
        add(lines, raw.substring(0, cut), citations);
        add(lines, raw.substring(cut), citations);
    }

    private static String line(String raw, Map<Integer, Citation> citations) {
        String text = MARKDOWN_LINK.matcher(raw).replaceAll(match -> Matcher.quoteReplacement(match.group(1)));
        Matcher heading = HEADING.matcher(text);
        Matcher bullet = BULLET.matcher(text);
        if (heading.matches()) {
            text = "*" + heading.group(1).replace("*", "") + "*";
        } else if (bullet.matches()) {
            text = bullet.group(1) + "• " + bullet.group(2);
        }
        text = BOLD.matcher(escape(text)).replaceAll(match -> Matcher.quoteReplacement("*" + match.group(1) + "*"));
        return HANDLE.matcher(text).replaceAll(match -> {
            Citation citation = citations.get(Integer.parseInt(match.group(1)));
            String handle = "[" + match.group(1) + "]";
            return Matcher.quoteReplacement(citation == null ? handle : link(citation.url(), handle));
        });
    }

    /** Rows of tables as entries of a list: {@code - Customer: Acme · Calls: 3}. */
    private static List<String> listed(List<String> lines) {
        List<String> listed = new ArrayList<>();
        List<String> columns = List.of();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean row = line.strip().startsWith("|") && line.strip().length() > 1;
            if (!row) {
                columns = List.of();
                listed.add(line);
            } else if (i + 1 < lines.size()
                    && TABLE_RULE.matcher(lines.get(i + 1)).matches()) {
                columns = cells(line);
            } else if (!TABLE_RULE.matcher(line).matches()) {
                listed.add(entry(columns, cells(line)));
            }
        }
        return listed;
    }

    private static String entry(List<String> columns, List<String> cells) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String column = i < columns.size() ? columns.get(i) : "";
            if (!cells.get(i).isEmpty()) {
                parts.add(column.isEmpty() ? cells.get(i) : column + ": " + cells.get(i));
            }
        }
        return "- " + String.join(" · ", parts);
    }

    private static List<String> cells(String row) {
        String inner = row.strip().replaceAll("^\\||\\|$", "");
        List<String> cells = new ArrayList<>();
        for (String cell : inner.split("\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }
}
