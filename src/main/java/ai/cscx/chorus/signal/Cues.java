package ai.cscx.chorus.signal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds cues in what was said, by rules for its language; the file of rules says how they read. A rule is tried only where
 * one of its words is said, so most sentences cost a look at their words. Thread-safe.
 */
final class Cues {
    private static final Cues ENGLISH = read("/signal/cues-en.txt");
    private static final Pattern CLAUSE = Pattern.compile("[,.;:!?—–]");
    private static final Pattern NEGATION =
            Pattern.compile("\\b(?:not|no|never|without|hardly|nobody|neither|nor)\\b|n't\\b");
    /** So many words before a match may take it back. */
    private static final int REACH = 6;

    private final Map<String, List<Rule>> byWord;

    private record Rule(Cue cue, Pattern pattern) {}

    private Cues(Map<String, List<Rule>> byWord) {
        this.byWord = byWord;
    }

    /**
     * The rules for a language; null where there are none.
     *
     * @param language as Chorus names it; null is taken for English
     */
    static @Nullable Cues of(@Nullable String language) {
        return language == null || language.toLowerCase(Locale.ROOT).startsWith("en") ? ENGLISH : null;
    }

    /** Everything that this tells, each once. */
    Set<Cue> in(String text) {
        String said = text.replace('’', '\'').toLowerCase(Locale.ROOT);
        Set<Rule> candidates = candidates(said);
        Set<Cue> found = EnumSet.noneOf(Cue.class);
        for (Rule rule : candidates) {
            if (!found.contains(rule.cue()) && isSaid(rule.pattern(), said)) {
                found.add(rule.cue());
            }
        }
        return found;
    }

    private Set<Rule> candidates(String said) {
        Set<Rule> candidates = new LinkedHashSet<>();
        int start = -1;
        for (int i = 0; i <= said.length(); i++) {
            boolean letter = i < said.length() && (Character.isLetter(said.charAt(i)) || said.charAt(i) == '\'');
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                candidates.addAll(byWord.getOrDefault(said.substring(start, i), List.of()));
                start = -1;
            }
        }
        return candidates;
    }

    private static boolean isSaid(Pattern pattern, String said) {
        Matcher match = pattern.matcher(said);
        while (match.find()) {
            if (!isTakenBack(said.substring(0, match.start()))) {
                return true;
            }
        }
        return false;
    }

    /** "We are not going to cancel", but not "No, we cancel". */
    private static boolean isTakenBack(String before) {
        String[] clauses = CLAUSE.split(before, -1);
        String[] words = clauses[clauses.length - 1].strip().split("\\s+");
        for (int i = Math.max(0, words.length - REACH); i < words.length; i++) {
            if (NEGATION.matcher(words[i]).find()) {
                return true;
            }
        }
        return false;
    }

    private static Cues read(String resource) {
        Map<String, List<Rule>> byWord = new HashMap<>();
        try (InputStream in = Objects.requireNonNull(Cues.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            Cue cue = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("== ")) {
                    cue = Cue.valueOf(line.substring(3).toUpperCase(Locale.ROOT).replace('-', '_'));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    int colon = line.indexOf(": ");
                    Rule rule = new Rule(Objects.requireNonNull(cue), Pattern.compile(line.substring(colon + 2)));
                    for (String word : line.substring(0, colon).split(", ")) {
                        byWord.computeIfAbsent(word, fresh -> new ArrayList<>()).add(rule);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource + " cannot be read", unreadable);
        }
        return new Cues(byWord);
    }
}
