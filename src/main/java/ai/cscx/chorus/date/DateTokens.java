package ai.cscx.chorus.date;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence cut for reading dates: letters, digits and single marks apart, so that "2026q2" and "9th" fall open. A longer
 * mixture such as "a1dec7e" is a code or an id and stays whole.
 */
final class DateTokens {
    private static final Pattern RUN = Pattern.compile("[\\p{L}\\d]+|[^\\s\\p{L}\\d]");
    private static final Pattern PART = Pattern.compile("\\p{L}+|\\d+");
    /** 9th, 1dec2026, 2026q2; q2, dec1, q2fy26. */
    private static final Pattern OPEN = Pattern.compile(
            "\\p{L}+|\\d+|\\d{1,4}\\p{L}+(?:\\d{1,4})?|\\p{L}{1,9}\\d{1,4}|\\p{L}{1,2}\\d{1,4}\\p{L}{1,3}\\d{1,4}");

    private static final int MAX_DIGITS = 4;

    private final List<Token> tokens;

    private record Token(String word, int start, int end, boolean capital) {}

    /** @param text tidied text, in the case it was typed in */
    DateTokens(String text) {
        String folded = Folding.fold(text);
        List<Token> found = new ArrayList<>();
        Matcher run = RUN.matcher(folded);
        while (run.find()) {
            if (!OPEN.matcher(run.group()).matches()) {
                found.add(token(text, run, 0));
                continue;
            }
            Matcher part = PART.matcher(run.group());
            while (part.find()) {
                found.add(token(text, part, run.start()));
            }
        }
        this.tokens = List.copyOf(found);
    }

    private static Token token(String text, Matcher found, int offset) {
        int start = offset + found.start();
        return new Token(found.group(), start, offset + found.end(), Character.isUpperCase(text.charAt(start)));
    }

    int size() {
        return tokens.size();
    }

    /** The token there, or empty text outside of the sentence. */
    String at(int index) {
        return index < 0 || index >= tokens.size() ? "" : tokens.get(index).word;
    }

    boolean is(int index, String... words) {
        String word = at(index);
        for (String candidate : words) {
            if (word.equals(candidate)) {
                return true;
            }
        }
        return false;
    }

    boolean capital(int index) {
        return index >= 0 && index < tokens.size() && tokens.get(index).capital;
    }

    int start(int index) {
        return tokens.get(index).start;
    }

    int end(int index) {
        return tokens.get(index).end;
    }

    /** Whether nothing stands between this token and the next. */
    boolean touching(int index) {
        return index >= 0 && index + 1 < tokens.size() && tokens.get(index).end == tokens.get(index + 1).start;
    }

    boolean isWord(int index) {
        String word = at(index);
        return !word.isEmpty() && Character.isLetter(word.charAt(0));
    }

    /** The value of up to four digits. */
    @Nullable
    Integer digits(int index) {
        String word = at(index);
        if (word.isEmpty() || word.length() > MAX_DIGITS || !word.chars().allMatch(Character::isDigit)) {
            return null;
        }
        return Integer.valueOf(word);
    }
}
