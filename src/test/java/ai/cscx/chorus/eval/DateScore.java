package ai.cscx.chorus.eval;

import ai.cscx.chorus.eval.DateSet.Days;
import ai.cscx.chorus.eval.DateSet.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts how many phrases of a {@link DateSet} were read as the right days. */
final class DateScore {
    private static final String ALL = "ALL";

    private final Map<String, Tally> categories = new TreeMap<>();

    /**
     * @param got null if the question was not answered
     * @return whether it is right
     */
    boolean add(Phrase phrase, @Nullable Days got) {
        boolean right = got != null && phrase.right().contains(got);
        for (String category : List.of(ALL, phrase.category())) {
            categories.computeIfAbsent(category, fresh -> new Tally()).add(right);
        }
        return right;
    }

    /** In the form of the scorer that the phrases came with. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        categories.forEach((category, tally) -> lines.add("%-10s %s".formatted(category, tally)));
        return lines;
    }

    String row(String name) {
        Tally all = categories.getOrDefault(ALL, new Tally());
        return "| %s | %d | %s |".formatted(name, all.of(), Tally.percent(all));
    }
}
