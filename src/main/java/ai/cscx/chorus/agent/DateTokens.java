package ai.cscx.chorus.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A sentence cut for reading dates: letters, digits and single marks apart, so that "2026q2" and "9th" fall open. */
final class DateTokens {
    private static final Pattern TOKEN = Pattern.compile("\\p{L}+|\\d+|[^\\s\\p{L}\\d]");
    private static final int MAX_DIGITS = 4;

    private final List<Token> tokens;

    private record Token(String word, int start, int end, boolean capital) {}

    /** @param text tidied text, in the case it was typed in */
    DateTokens(String text) {
        String folded = Folding.fold(text);
        List<Token> found = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(folded);
        while (matcher.find()) {
            boolean capital = Character.isUpperCase(text.charAt(matcher.start()));
            found.add(new Token(matcher.group(), matcher.start(), matcher.end(), capital));
        }
        this.tokens = List.copyOf(found);
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
        if (word.isEmpty() || word.length() > MAX_DIGITS || !Character.isDigit(word.charAt(0))) {
            return null;
        }
        return Integer.valueOf(word);
    }
}
