package ai.cscx.chorus.agent;

import ai.cscx.chorus.date.DatePhrases;
import ai.cscx.chorus.date.DatePhrases.Finding;
import ai.cscx.chorus.date.Folding;
import ai.cscx.chorus.date.When;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sentence with everything that varies taken out, so that a request can be told by its pattern: customers are
 * {@code CUST}, people {@code PERS}, dates {@code DATE}, quotes {@code QUOTE}; kinds of calls and of items are one word
 * each.
 *
 * @param text the pattern, its words between single spaces, with a space at both ends
 * @param left indexes of the words that none of these took
 */
record Shape(Sentence sentence, Mentions mentions, List<Finding> dates, String text, List<Integer> left) {
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("meeting", "call"),
            Map.entry("mtg", "call"),
            Map.entry("convo", "call"),
            Map.entry("conversation", "call"),
            Map.entry("recording", "call"),
            Map.entry("session", "call"),
            Map.entry("chat", "call"),
            Map.entry("meetings", "calls"),
            Map.entry("mtgs", "calls"),
            Map.entry("convos", "calls"),
            Map.entry("conversations", "calls"),
            Map.entry("recordings", "calls"),
            Map.entry("sessions", "calls"),
            Map.entry("chats", "calls"),
            Map.entry("todos", "todos"),
            Map.entry("tasks", "items"),
            Map.entry("commitments", "items"),
            Map.entry("deliverables", "items"),
            Map.entry("actions", "items"),
            Map.entry("followups", "items"),
            Map.entry("task", "item"),
            Map.entry("followup", "item"),
            Map.entry("summarise", "summarize"),
            Map.entry("accts", "accounts"),
            Map.entry("acct", "account"),
            Map.entry("clients", "customers"),
            Map.entry("whats", "what is"),
            Map.entry("wheres", "where is"),
            Map.entry("hows", "how is"),
            Map.entry("whos", "who is"),
            Map.entry("w", "with"));
    private static final Set<String> MASKS = Set.of("PERS", "PERS's", "DATE", "QUOTE");
    private static final Pattern ACTION_ITEMS = Pattern.compile("(?<= )(open )?action (items?|points?)(?= )");
    private static final Pattern ACTION_POINTS = Pattern.compile("(?<= )(action|follow) (items?|points?|ups?)(?= )");
    private static final Pattern TO_DOS =
            Pattern.compile("(?<= )(?:to dos|todo list|todo items|to do list|to do items|my to do|my todo)(?= )");
    /** What is to be done is done in days to come. */
    private static final Pattern TO_DO = Pattern.compile(
            "^\\W*(?:(?:please|pls|can you|could you|hey|and|also) )*(?:create|add|make|set up|log|new|put|raise|file|remind|task|to-?do|reminder|note to self|follow up|assign|schedule)\\b");

    private static final Pattern DUE = Pattern.compile("\\b(?:due|renew\\w*|expir\\w*|deadline)\\b");

    static Shape of(Sentence sentence, Names names, LocalDate today) {
        Mentions mentions = Mentions.find(sentence, names);
        String masked = masked(sentence, mentions);
        String folded = Folding.fold(masked);
        When.Direction direction =
                DUE.matcher(folded).find() || TO_DO.matcher(folded).find()
                        ? When.Direction.FUTURE
                        : When.Direction.PAST;
        List<Finding> dates = DatePhrases.find(masked, today, direction);
        StringBuilder text = new StringBuilder(" ");
        List<Integer> left = new ArrayList<>();
        String previous = "";
        for (int i = 0; i < sentence.size(); i++) {
            String word = stand(sentence, mentions, dates, i, left);
            boolean starts = starts(mentions, i)
                    || !word.equals(word.toUpperCase(java.util.Locale.ROOT))
                    || !word.equals(previous)
                    || Character.isDigit(word.charAt(0));
            if (starts) {
                text.append(word);
                text.append(sentence.word(i).possessive() && mentions.taken(i) ? "'s " : " ");
            } else if (sentence.word(i).possessive()) {
                text.replace(text.length() - 1, text.length(), "'s ");
            }
            previous = word;
        }
        return new Shape(sentence, mentions, dates, joined(text.toString()), List.copyOf(left));
    }

    private static String joined(String text) {
        String joined = ACTION_ITEMS
                .matcher(text)
                .replaceAll(match -> (match.group(1) == null ? "" : "open ")
                        + (match.group(2).endsWith("s") ? "items" : "item"));
        joined = ACTION_POINTS
                .matcher(joined)
                .replaceAll(match -> match.group(2).endsWith("s")
                        ? "items"
                        : match.group(1).equals("follow") ? "follow up" : "item");
        return TO_DOS.matcher(joined)
                .replaceAll(match -> match.group().startsWith("my") ? "my todos" : "todos")
                .replace(" action list ", " items ");
    }

    private static boolean starts(Mentions mentions, int word) {
        return mentions.customers().stream().anyMatch(mention -> mention.first() == word)
                || mentions.people().stream().anyMatch(mention -> mention.first() == word);
    }

    private static String stand(
            Sentence sentence, Mentions mentions, List<Finding> dates, int index, List<Integer> left) {
        if (mentions.customers().stream().anyMatch(mention -> mention.first() <= index && index < mention.after())) {
            return "CUST";
        }
        if (mentions.taken(index)) {
            return "PERS";
        }
        Sentence.Word word = sentence.word(index);
        if (dates.stream().anyMatch(date -> date.start() <= word.start() && word.end() <= date.end())) {
            return "DATE";
        }
        left.add(index);
        if (word.quoted()) {
            return "QUOTE";
        }
        return same(word.folded());
    }

    private static String same(String word) {
        String corrected = Vocabulary.corrected(word);
        return SAME.getOrDefault(corrected, corrected);
    }

    /** The pattern of a phrase in lower case in which what varies was taken out by hand. */
    static String pattern(String phrase) {
        return joined(Stream.of(phrase.split(" "))
                .map(word -> word.startsWith("CUST") || MASKS.contains(word) ? word : same(word))
                .collect(Collectors.joining(" ", " ", " ")));
    }

    private static String masked(Sentence sentence, Mentions mentions) {
        StringBuilder masked = new StringBuilder(sentence.text());
        for (int i = 0; i < sentence.size(); i++) {
            Sentence.Word word = sentence.word(i);
            if (mentions.taken(i) || word.quoted()) {
                for (int at = word.start(); at < word.end(); at++) {
                    masked.setCharAt(at, DatePhrases.MASK);
                }
            }
        }
        return masked.toString();
    }

    boolean has(Pattern pattern) {
        return pattern.matcher(text).find();
    }
}
