package ai.cscx.chorus.agent;

import ai.cscx.chorus.date.DatePhrases;
import ai.cscx.chorus.date.DateWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is left of a sentence once everybody known is taken out: what to search for, or a name that nobody has. */
final class Topics {
    private static final Set<String> LEADS = Vocabulary.words("""
            about mention mentions mentioned mentioning regarding concerning discuss discussed discusses
            discussing discussion discussions describe described describing describes raise raised raises
            raising complain complained complaining search explain explained refer referred say said says saying
            covering flagged flag asked ask asking where involving containing talk talked touch touched bring
            brought expressed reported find promise promised owe owes related
            """);
    private static final Set<String> NAME_LEADS = Set.of("with", "w", "for", "at", "from");
    private static final Set<String> HEADS = Vocabulary.words("""
            call calls meeting meetings mtg mtgs transcript transcripts items todos tasks summary recap
            conversation conversations convo convos action open last latest
            """);
    private static final Set<String> SPEAKING = Vocabulary.words("""
            mention mentioned say said says talk talked talking discuss complain complained raise raised bring
            ask asked think owe owes promise promised describe saying feel want still
            """);
    private static final Set<String> AROUND = Vocabulary.words("""
            call calls meeting meetings mtg mtgs conversation conversations convo convos transcript transcripts
            recordings customers customer accounts account people chorus anyone search find mention mentions
            mentioned say said talk talked client clients month week quotes quote passages passage moment
            moments discuss discussed discussion discussions action items item tasks todos topic brought bring
            refer referred please recent recently last latest team reference references first lately owe owes
            promise promised describe described describes explain explained open overdue completed express
            expressed side talks talking mentioning raise raised flagged most related
            """);

    private Topics() {}

    /** The words to search for; empty if there are none. A quote stays one phrase, in its quotes. */
    static String query(Shape shape) {
        String quoted = quoted(shape);
        if (!quoted.isEmpty()) {
            return quoted;
        }
        List<Integer> left = shape.left();
        int lead = 0;
        for (int i = 0; i < left.size(); i++) {
            if (LEADS.contains(shape.sentence().folded(left.get(i)))) {
                lead = i + 1;
                break;
            }
        }
        String after = content(shape, left.subList(lead, left.size()), false);
        return after.isEmpty() ? content(shape, left, true) : after;
    }

    /** Topic words of a list: those behind a lead, or that are known to be topics. */
    static String filter(Shape shape) {
        String quoted = quoted(shape);
        if (!quoted.isEmpty()) {
            return quoted;
        }
        List<Integer> left = shape.left();
        for (int i = 0; i < left.size(); i++) {
            if (Set.of("about", "regarding", "concerning", "mentioning", "re", "around", "related", "involving")
                    .contains(shape.sentence().folded(left.get(i)))) {
                return content(shape, left.subList(i + 1, left.size()), false);
            }
        }
        return content(shape, left, true);
    }

    private static String content(Shape shape, List<Integer> words, boolean strict) {
        return words.stream()
                .map(index -> shape.sentence().word(index))
                .filter(word ->
                        !Vocabulary.function(word.folded()) && !AROUND.contains(Vocabulary.corrected(word.folded())))
                .filter(word -> !strict
                        || word.folded().chars().anyMatch(Character::isLetter)
                                && DateWords.number(word.folded()) == null)
                .filter(word -> !strict || !Vocabulary.commanding(Vocabulary.corrected(word.folded())))
                .map(word -> shape.sentence().text().substring(word.start(), word.end()))
                .collect(Collectors.joining(" "));
    }

    static String quoted(Shape shape) {
        List<Sentence.Word> quoted = shape.left().stream()
                .map(index -> shape.sentence().word(index))
                .filter(Sentence.Word::quoted)
                .toList();
        return quoted.isEmpty()
                ? ""
                : "\""
                        + shape.sentence()
                                .text()
                                .substring(
                                        quoted.getFirst().start(),
                                        quoted.getLast().end()) + "\"";
    }

    /**
     * A name in a place for names that fits nobody; null if there is none.
     *
     * @param searching whether ordinary words may be what to search for
     */
    static @Nullable String unknownName(Shape shape, boolean searching) {
        Sentence sentence = shape.sentence();
        for (int i = 0; i < sentence.size(); i++) {
            int first = i + 1;
            first = first < sentence.size()
                            && Set.of("the", "our", "my", "their").contains(sentence.folded(first))
                    ? first + 1
                    : first;
            boolean forTopic = searching && sentence.folded(i).equals("for") && !capital(sentence, first);
            boolean told =
                    !searching && Set.of("about", "of", "on").contains(sentence.folded(i)) && capital(sentence, first);
            if ((told || NAME_LEADS.contains(sentence.folded(i)))
                    && shape.left().contains(i)
                    && !forTopic) {
                String name = name(shape, first, true);
                if (name != null) {
                    return name;
                }
            }
        }
        return besideHead(shape, searching);
    }

    private static boolean capital(Sentence sentence, int word) {
        return word < sentence.size() && sentence.capitalsMean(word);
    }

    private static @Nullable String besideHead(Shape shape, boolean searching) {
        Sentence sentence = shape.sentence();
        for (int i = 0; i < sentence.size(); i++) {
            if (!shape.left().contains(i)
                    || inTopic(shape, i)
                    || !foreign(sentence, i)
                    || sentence.word(i).quoted()) {
                continue;
            }
            int after = i;
            while (after < sentence.size() && shape.left().contains(after) && foreign(sentence, after)) {
                after++;
            }
            boolean speaks = i > 0
                    && Set.of("did", "does", "has", "have", "is", "do", "what").contains(sentence.folded(i - 1))
                    && SPEAKING.contains(sentence.folded(after));
            boolean head = HEADS.contains(sentence.folded(after)) || i > 0 && HEADS.contains(sentence.folded(i - 1));
            if (sentence.word(after - 1).possessive() || speaks || !searching && head) {
                return sentence.typed(i, after);
            }
        }
        return null;
    }

    private static boolean inTopic(Shape shape, int word) {
        for (int i = 0; i < word; i++) {
            if (LEADS.contains(shape.sentence().folded(i))
                    && !shape.sentence()
                            .folded(i)
                            .matches("find|search|ask|promise.*|owe.*|talk.*|say|said|discuss.*|mention.*|where")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String name(Shape shape, int first, boolean led) {
        Sentence sentence = shape.sentence();
        List<Integer> words = new ArrayList<>();
        boolean foreign = false;
        for (int i = first; i < sentence.size() && shape.left().contains(i); i++) {
            String word = sentence.folded(i);
            boolean joins = word.equals("and") && !words.isEmpty() && capital(sentence, i + 1);
            boolean capital = sentence.capitalsMean(i) && !Vocabulary.function(word);
            if (!joins && !capital && !sentence.word(i).quoted() && Vocabulary.commanding(word)
                    || apart(sentence, words, i)) {
                break;
            }
            words.add(i);
            foreign |= foreign(sentence, i) && !(!led && Vocabulary.ordinary(word));
        }
        return foreign ? sentence.typed(words.getFirst(), words.getLast() + 1) : null;
    }

    private static boolean apart(Sentence sentence, List<Integer> words, int next) {
        return !words.isEmpty()
                && sentence.text()
                        .substring(
                                sentence.word(words.getLast()).end(),
                                sentence.word(next).start())
                        .matches(".*[,;:?!()].*");
    }

    /** Whether a word is no part of the language of requests, so that only a name or a rare topic is left to be. */
    private static boolean foreign(Sentence sentence, int index) {
        String word = sentence.folded(index);
        return !Vocabulary.ordinary(word)
                && Vocabulary.corrected(word).equals(word)
                && !DatePhrases.dateWord(word)
                && word.length() > 1
                && !word.chars().allMatch(Character::isDigit);
    }
}
