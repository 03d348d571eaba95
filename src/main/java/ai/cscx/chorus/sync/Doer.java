package ai.cscx.chorus.sync;

import ai.cscx.chorus.call.Participant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is to do what an action item says, as far as its words name somebody who took part. Pure. */
final class Doer {
    private static final Set<String> DOING =
            Set.of("will", "to", "is", "should", "needs", "must", "shall", "ll", "can");

    private Doer() {}

    /** "Paula will send …", "Paula Reyes: send …", "Send … (Paula)"; null unless it is exactly one participant. */
    static @Nullable Participant of(String words, List<Participant> participants) {
        List<Participant> named = participants.stream()
                .filter(person -> person.name() != null && names(words, person.name()))
                .distinct()
                .toList();
        return named.size() == 1 ? named.getFirst() : null;
    }

    private static boolean names(String words, String name) {
        String firstName = name.split("\\s+", 2)[0];
        return begins(words, name) || begins(words, firstName) || ends(words, name) || ends(words, firstName);
    }

    private static boolean begins(String words, String name) {
        if (!words.regionMatches(true, 0, name, 0, name.length())) {
            return false;
        }
        String rest = words.substring(name.length());
        if (rest.startsWith(":") || rest.matches("(?s)\\s+[-–—]\\s.*")) {
            return true;
        }
        if (rest.isEmpty() || Character.isLetterOrDigit(rest.charAt(0))) {
            return false;
        }
        String next = rest.replaceFirst("^[^\\p{L}]+", "").split("[^\\p{L}]+", 2)[0];
        return DOING.contains(next.toLowerCase(Locale.ROOT));
    }

    private static boolean ends(String words, String name) {
        String lower = words.strip().toLowerCase(Locale.ROOT);
        String wanted = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("(" + wanted + ")") || lower.endsWith("[" + wanted + "]");
    }
}
