package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Intents.Guess;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message without a language model: the same message always reads the same. Knows the tools that
 * {@link #FILLED} names, and when it isn't sure. Thread-safe.
 */
final class Understanding {
    /** Tools whose arguments are filled here; for the others the reading is {@link Reading.Unsure}. */
    static final Set<String> FILLED = Set.of(
            Tools.LIST_CALLS,
            Tools.GET_CALL,
            Tools.SEARCH_TRANSCRIPTS,
            Tools.LIST_ACTION_ITEMS,
            Tools.GET_TRANSCRIPT,
            Tools.CREATE_TASK,
            Tools.COMPLETE_ACTION_ITEM,
            Tools.GET_INSIGHTS,
            Tools.GET_TRACKER_TRENDS,
            Tools.GET_HEALTH,
            Tools.GET_PORTFOLIO,
            Tools.GET_SYNC_STATUS);
    /** Tools whose calls may be chosen by what was talked about in them. */
    private static final Set<String> BY_TOPIC =
            Set.of(Tools.LIST_CALLS, Tools.GET_CALL, Tools.LIST_ACTION_ITEMS, Tools.GET_TRANSCRIPT);

    /** What people ask of one thing that they named before: "complete the third". */
    private static final Pattern COMPLETE_LISTED = Pattern.compile(
            "^ (?:please |can you |and |now )*(?:complete|close|mark|finish|tick off|check off|resolve|tick|check) (?:off )?(?:the |number |item |no |nr )*(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\\d{1,2}(?:st|nd|rd|th)?)(?: (?:one|item|of those|of them))?(?: (?:as |is )?(?:done|complete|completed|closed|finished|off))*(?: please)? $");

    private static final double SURE = 0.55;
    /** From how likely on a tool that only {@link LearnedIntents} knows is called; below, the asker is asked. */
    private static final double LEARNED = 0.4;

    private static final int LONGEST_MESSAGE = 2_000;
    private static final Pattern SPLIT = Pattern.compile(
            "(?<=[\\p{L}\\p{N}\"')])(?:[.;?!]+\\s+(?:and\\s+|then\\s+|also\\s+)*|,?\\s+(?:and then|and also|then|plus|also)\\s+|,?\\s+and\\s+(?=(?:show|list|find|give|what|who|search|summari[sz]e|get|tell|which|how|any|recap|when|where|pull|did|does)\\b))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WHAT_WAS_SAID = Pattern.compile(
            " what (?:was|did (?:we|they|you|i)|have we) (?:\\S+ )?(?:discuss\\w*|talk about|talked about|said|say|mention\\w*) ");
    /** Words for more than one customer: whose health it is. */
    private static final Pattern OF_SEVERAL = Pattern.compile(
            " (?:accounts|customers|portfolio|book|everyone|everybody|anyone|anybody|all|any|who|renewals|logos) ");

    private static final Pattern VAGUE_TARGET = Pattern.compile(
            "^ (?:please |can you )*(?:close|complete|finish|mark|resolve|tick off|do|open|show|delete|update) (?:it|that|this|them|those|one|that one|this one)(?: (?:please|done|off|now|up|as done|as complete|as completed|complete))* $");

    private final Supplier<LearnedIntents> learned;

    /**
     * @param learned may take its time when asked first
     */
    Understanding(Supplier<LearnedIntents> learned) {
        this.learned = learned;
    }

    /**
     * @param previous what the turn before set, null in a fresh conversation
     * @param today the date in the asker's time zone
     */
    Reading read(String text, Roster roster, @Nullable Frame previous, LocalDate today) {
        Sentence sentence = Sentence.of(text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text);
        if (sentence.size() == 0) {
            return previous == null ? new Reading.Help() : new Reading.Unsure(null);
        }
        Names names = new Names(roster);
        Shape shape = Shape.of(sentence, names, today);
        Reading.Reason reason = Manners.refusal(shape);
        if (reason != null) {
            return new Reading.Refuse(reason);
        }
        if (previous != null && previous.pending() != null) {
            Reading chosen = new Choices(previous.pending(), shape, roster, today).read(this);
            if (chosen != null) {
                return chosen;
            }
        }
        Reading first = two(sentence, roster, names, previous, today);
        return first != null ? first : one(shape, roster, previous, today);
    }

    /** The first of two requests in one message; null if the message is one. */
    private @Nullable Reading two(
            Sentence sentence, Roster roster, Names names, @Nullable Frame previous, LocalDate today) {
        Matcher matcher = SPLIT.matcher(sentence.text());
        while (matcher.find()) {
            String head = sentence.text().substring(0, matcher.start());
            String rest = sentence.text().substring(matcher.end());
            if (rest.isBlank() || insideQuotes(head)) {
                continue;
            }
            Shape headShape = Shape.of(Sentence.of(head), names, today);
            Shape restShape = Shape.of(Sentence.of(rest), names, today);
            if (headShape.sentence().size() == 0 || Intents.guess(restShape) == null) {
                continue;
            }
            if (Manners.help(headShape)) {
                return read(rest, roster, previous, today);
            }
            if (Intents.guess(headShape) != null) {
                Reading reading = one(headShape, roster, previous, today);
                return reading instanceof Reading.Command command
                        ? new Reading.Command(command.tool(), command.arguments(), command.confidence(), rest)
                        : reading;
            }
        }
        return null;
    }

    private static boolean insideQuotes(String head) {
        return head.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    private Reading one(Shape shape, Roster roster, @Nullable Frame previous, LocalDate today) {
        if (Manners.help(shape) && shape.dates().isEmpty() | !shape.text().contains(" calls ")) {
            return new Reading.Help();
        }
        Slots slots = new Slots(shape, roster, today);
        Guess guess = Intents.guess(shape);
        Matcher listed = COMPLETE_LISTED.matcher(shape.text());
        if (previous != null && previous.tool() != null && listed.find()) {
            Map<String, Object> arguments = new LinkedHashMap<>(previous.arguments());
            arguments.keySet().retainAll(Set.of("customer", "participant"));
            return new Reading.Pick(FollowUps.number(listed.group(1)), Tools.COMPLETE_ACTION_ITEM, arguments);
        }
        if (previous != null && previous.tool() != null) {
            Reading followUp = new FollowUps(shape, slots, previous, today).read(guess);
            if (followUp != null) {
                return followUp;
            }
        }
        if (shape.has(VAGUE_TARGET)) {
            return Clarifying.which(guess);
        }
        if (guess == null || guess.score() < SURE) {
            return unguessed(shape, slots);
        }
        if (guess.tool().equals(Tools.GET_HEALTH)
                && shape.mentions().customers().isEmpty()
                && shape.has(OF_SEVERAL)) {
            return command(shape, slots, new Guess(Tools.GET_PORTFOLIO, guess.score()), Map.of());
        }
        if (!FILLED.contains(guess.tool())) {
            Reading unclear = Clarifying.names(shape, guess.tool(), Map.of());
            return unclear != null ? unclear : new Reading.Unsure(guess.tool());
        }
        return command(shape, slots, guess, Map.of());
    }

    /**
     * The command, or what stands against it.
     *
     * @param kept arguments that hold from before, unless the sentence sets them
     */
    static Reading command(Shape shape, Slots slots, Guess guess, Map<String, Object> kept) {
        boolean searching = guess.tool().equals(Tools.SEARCH_TRANSCRIPTS);
        List<String> strangers = shape.mentions().strangers();
        if (!strangers.isEmpty()) {
            return new Reading.NoSuchCustomer(strangers.getFirst());
        }
        // What is to be done may name anybody.
        boolean freeText =
                guess.tool().equals(Tools.CREATE_TASK) || guess.tool().equals(Tools.COMPLETE_ACTION_ITEM);
        String unknown = freeText ? null : Topics.unknownName(shape, searching);
        if (unknown != null) {
            return new Reading.NoSuchCustomer(unknown);
        }
        Map<String, Object> arguments = new LinkedHashMap<>(kept);
        arguments.putAll(slots.of(guess.tool()));
        if (searching) {
            String query = Topics.query(shape);
            if (query.isEmpty() && shape.has(WHAT_WAS_SAID)) {
                return command(shape, slots, new Guess(Tools.GET_CALL, guess.score()), kept);
            }
            if (query.isEmpty()) {
                return Clarifying.topic(arguments);
            }
            arguments.put("query", query);
        } else if (BY_TOPIC.contains(guess.tool()) && !arguments.containsKey("title")) {
            String filter = Topics.filter(shape);
            if (!filter.isEmpty()) {
                arguments.put("query", filter);
            }
        }
        Reading unclear = Clarifying.names(shape, guess.tool(), arguments);
        if (unclear != null) {
            return unclear;
        }
        Reading missing = Clarifying.missing(guess.tool(), arguments);
        if (missing != null) {
            return missing;
        }
        Reading undated = Clarifying.dates(shape, guess.tool(), arguments);
        return undated != null ? undated : new Reading.Command(guess.tool(), arguments, guess.score(), null);
    }

    private Reading unguessed(Shape shape, Slots slots) {
        Reading unclear = Clarifying.names(shape, Tools.LIST_CALLS, Map.of());
        if (unclear != null) {
            return unclear;
        }
        if (!shape.mentions().strangers().isEmpty()) {
            return new Reading.NoSuchCustomer(shape.mentions().strangers().getFirst());
        }
        String unknown = Topics.unknownName(shape, false);
        if (unknown != null) {
            return new Reading.NoSuchCustomer(unknown);
        }
        List<Mentions.Customer> customers = shape.mentions().customers();
        boolean named = !customers.isEmpty() || !shape.mentions().people().isEmpty();
        boolean nothingElse = shape.left().stream()
                .allMatch(word -> Vocabulary.function(shape.sentence().folded(word)));
        if (named && nothingElse && !shape.dates().isEmpty()) {
            return command(shape, slots, new Guess(Tools.LIST_CALLS, SURE), Map.of());
        }
        Guess likely = learned.get().guess(shape.text());
        if (likely != null && likely.score() >= LEARNED && !nothingElse) {
            return new Reading.Unsure(null, command(shape, slots, likely, Map.of()));
        }
        if (named && nothingElse) {
            return Clarifying.intent(shape, slots);
        }
        boolean ours = shape.left().stream()
                .allMatch(word -> Vocabulary.commanding(shape.sentence().folded(word)));
        if (Manners.offTopic(shape) && !slots.mentionsAsker() && !ours) {
            return new Reading.Refuse(Reading.Reason.OFF_TOPIC);
        }
        return new Reading.Unsure(null);
    }
}
