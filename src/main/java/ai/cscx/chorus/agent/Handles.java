package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Citation;
import ai.cscx.chorus.agent.Answer.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The handles in a text, such as {@code [2]}, and the citations that they stand for. */
final class Handles {
    /** One or several numbers in brackets, also the full-width ones that some models write. */
    private static final Pattern HANDLE =
            Pattern.compile("[\\[【]\\s*(\\d{1,9}(?:\\s*[,;]\\s*\\d{1,9})*)[^\\]】\\[\\n]{0,12}?[\\]】]");

    private static final Pattern SPACE_LEFT =
            Pattern.compile("[ \\t]+([.,;:!?])|[ \\t]{2,}|[ \\t]+$", Pattern.MULTILINE);

    private Handles() {}

    /**
     * A text whose handles all have a citation.
     *
     * @param dropped how many handles had no evidence behind them
     */
    record Checked(String text, List<Citation> citations, int dropped) {}

    /** Keeps the handles that the log holds, each number in its own brackets, and takes the others out. */
    static Checked check(String text, EvidenceLog log) {
        Map<Integer, Citation> citations = new LinkedHashMap<>();
        int[] dropped = {0};
        String kept = HANDLE.matcher(text).replaceAll(match -> {
            StringBuilder handles = new StringBuilder();
            for (int number : numbers(match)) {
                Evidence evidence = log.at(number);
                if (evidence == null) {
                    dropped[0]++;
                } else {
                    citations.putIfAbsent(number, Citation.of(number, evidence));
                    handles.append('[').append(number).append(']');
                }
            }
            return Matcher.quoteReplacement(handles.toString());
        });
        String tidy = dropped[0] == 0 ? kept : SPACE_LEFT.matcher(kept).replaceAll(Handles::spacing);
        return new Checked(tidy.strip(), new ArrayList<>(citations.values()), dropped[0]);
    }

    /** Whether the text refers to anything that the log holds. */
    static boolean any(String text, EvidenceLog log) {
        return HANDLE.matcher(text)
                .results()
                .flatMap(match -> numbers(match).stream())
                .anyMatch(number -> log.at(number) != null);
    }

    /** The text without any handles, for a place where they would mean something else. */
    static String without(String text) {
        return SPACE_LEFT.matcher(HANDLE.matcher(text).replaceAll("")).replaceAll(Handles::spacing);
    }

    private static String spacing(MatchResult match) {
        if (match.group(1) != null) {
            return match.group(1);
        }
        return match.end() - match.start() > 1 && match.group().isBlank() ? " " : "";
    }

    private static List<Integer> numbers(MatchResult match) {
        return Pattern.compile("[,;]")
                .splitAsStream(match.group(1))
                .map(number -> Integer.valueOf(number.strip()))
                .collect(Collectors.toList());
    }
}
