package ai.cscx.chorus.sync;

import ai.cscx.chorus.sync.KnownFields.Field;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One answer, read once from end to end without building anything: which known fields it has, and what is new in it. */
final class AnswerScan {
    /** A word that is shown no more than this. */
    static final String HIDDEN = "";

    private static final JsonFactory JSON = new JsonFactory();
    /** More would be data, not drift. */
    private static final int MOST_NEWS = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,49}");
    /** Of one case, as lists of words have it and names of people have not. */
    private static final Pattern WORD =
            Pattern.compile("[a-z][a-z0-9_-]{0,29}( [a-z0-9_-]{1,29})?|[A-Z][A-Z0-9_-]{0,29}( [A-Z0-9_-]{1,29})?");

    private final BitSet present = new BitSet();
    private final BitSet possible = new BitSet();
    private final Set<String> newFields = new HashSet<>();
    private final Map<NewWord, Long> newWords = new HashMap<>();

    private AnswerScan() {}

    /** A value that is not on the list of its field; {@link #HIDDEN} if it does not look like a word of a list. */
    record NewWord(String path, String word) {}

    /** An answer that is no JSON is scanned as far as it goes; whoever reads it says so. */
    static AnswerScan of(byte[] answer, KnownFields.Tree known) {
        AnswerScan scan = new AnswerScan();
        try (JsonParser json = JSON.createParser(answer)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                scan.object(json, known.root(), "");
            }
        } catch (IOException unreadable) {
            return scan;
        }
        return scan;
    }

    /** Numbers of the known fields that it has. */
    BitSet present() {
        return present;
    }

    /** Numbers of the known fields that it could have: the objects that they belong to are there. */
    BitSet possible() {
        return possible;
    }

    Set<String> newFields() {
        return newFields;
    }

    Map<NewWord, Long> newWords() {
        return newWords;
    }

    private void object(JsonParser json, Field field, String prefix) throws IOException {
        for (Field child : field.children().values()) {
            possible.set(child.number());
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            Field child = field.child(name);
            if (child == null) {
                if (newFields.size() < MOST_NEWS) {
                    newFields.add(prefix + (NAME.matcher(name).matches() ? name : "*"));
                }
                json.skipChildren();
            } else {
                present.set(child.number());
                value(json, token, child, false);
            }
        }
    }

    private void value(JsonParser json, JsonToken token, Field field, boolean inList) throws IOException {
        if (field.open()) {
            json.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            object(json, field, field.path() + (inList ? "[]." : "."));
        } else if (token == JsonToken.START_ARRAY) {
            for (JsonToken next = json.nextToken();
                    next != null && next != JsonToken.END_ARRAY;
                    next = json.nextToken()) {
                value(json, next, field, true);
            }
        } else if (token == JsonToken.VALUE_STRING && !field.words().isEmpty()) {
            word(json.getText(), field);
        }
    }

    private void word(String value, Field field) {
        if (value.isBlank() || field.knows(value)) {
            return;
        }
        String shown = WORD.matcher(value.strip()).matches() ? value.strip() : HIDDEN;
        NewWord word = new NewWord(field.path(), shown);
        if (newWords.size() < MOST_NEWS || newWords.containsKey(word)) {
            newWords.merge(word, 1L, Long::sum);
        }
    }
}
