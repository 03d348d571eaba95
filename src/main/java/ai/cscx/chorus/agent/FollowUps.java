package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Intents.Guess;
import ai.cscx.chorus.date.DatePhrases.Finding;
import ai.cscx.chorus.date.DatePhrases.Outcome;
import ai.cscx.chorus.date.DateWords;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a sentence that goes on from the last turn: what it doesn't set stays as it was. */
final class FollowUps {
    private static final double CARRIED = 0.9;
    /** "and pricing?", "what about churn risk" */
    private static final int MOST_ABOUT = 5;

    private static final Pattern LEAD = Pattern.compile(
            "^ (?:and|only|just|also|what about|how about|what of|same|same for|same thing|now|ok|instead|but|or|for|with|without|not|no|sorry|actually|i mean|i meant|make it|limit|filter|narrow|in|from|since|until|the|then|plus) ");
    private static final Pattern PICK = Pattern.compile(
            "^ (?:(?:and|show|show me|open|tell me about|tell me more about|more on|more about|details|details on|details of|details for|summary of|summarize|recap|expand|expand on|what about|go to|pull up|give me|what happened in|what happened on|i want|view|see|read) )*(?:the |number |no |item |call |nr )*(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\\d{1,2}|\\d{1,2}st|\\d{1,2}nd|\\d{1,2}rd|\\d{1,2}th)(?: (?:one|call|item|result|of those|of these|of them|in the list|on the list|please|there|again))* $");
    private static final Pattern BEFORE = Pattern.compile(
            " (?:the |and )*(?:(?:one|call) before(?: (?:that|it|this))?|previous (?:one|call)|previous|earlier one|prior (?:one|call)) $");
    private static final Pattern REPEAT = Pattern.compile(
            "^ (?:and )?(?:who|when|where|which call) (?:said|was|did they say|mentioned|is) (?:that|this|it|those)(?: (?:said|from))? $");
    private static final Pattern THEM = Pattern.compile(
            " (?:they|them|their|theirs|it|there|this|that|that customer|that account|same customer|same account|he|she|his|her|him|those|these) ");
    private static final Pattern NO_DATES = Pattern.compile(
            " (?:all time|any time|anytime|ever|all dates|any date|regardless of date|whenever|no date) ");
    private static final Pattern EVERYBODY = Pattern.compile(
            " (?:everyone|everybody|all customers|all accounts|everyone's|the whole team|all of them|anyone|any customer) ");
    private static final Pattern ANY_STATUS = Pattern.compile(" (?:all|any status|both|everything) ");
    private static final Pattern MINE = Pattern.compile(" (?:mine|my own|my) ");

    private static final Pattern ABOUT_CALL = Pattern.compile(
            "^ (?:and |so |ok )*(?:who (?:was|were|all was|attended|joined|participated)(?: (?:on|in|at|there|it|that|present|the call))*|what (?:happened|was (?:discussed|said|decided|agreed|it about))(?: (?:on|in|it|that|there|the call|then))*|summary|recap|summarize(?: it| that)?|how (?:did it go|long was it)|when was (?:it|that)|attendees|participants|outcome|details|tell me more|more details) $");
    private static final Pattern HEAD = Pattern.compile(" (?:items?|todos|calls?|transcripts?) ");

    private final Shape shape;
    private final Slots slots;
    private final Frame previous;
    private final LocalDate today;

    FollowUps(Shape shape, Slots slots, Frame previous, LocalDate today) {
        this.shape = shape;
        this.slots = slots;
        this.previous = previous;
        this.today = today;
    }

    /** The reading as a follow-up; null if the sentence stands alone. */
    @Nullable
    Reading read(@Nullable Guess guess) {
        String tool = Objects.requireNonNull(previous.tool());
        Matcher pick = PICK.matcher(shape.text());
        boolean oneCall = tool.equals(Tools.GET_CALL) || tool.equals(Tools.GET_TRANSCRIPT);
        if (pick.find() && !oneCall && shape.dates().isEmpty()) {
            return new Reading.Pick(number(pick.group(1)), Tools.GET_CALL, Map.of());
        }
        if (oneCall && shape.has(BEFORE)) {
            return changed(Map.of("call", "previous"));
        }
        if (oneCall
                && shape.text()
                        .matches(
                                "^ (?:and |what about |the |show |me )*(?:first|last|latest|earliest)(?: (?:one|call))? $")) {
            return changed(Map.of("call", shape.text().matches(".* (?:first|earliest) .*") ? "first" : "latest"));
        }
        if (shape.has(REPEAT)) {
            return changed(Map.of());
        }
        if (shape.has(ABOUT_CALL) && !shape.text().matches(".*(?:CUST|PERS|DATE).*")) {
            return oneCall ? changed(Map.of()) : carried(new Guess(Tools.GET_CALL, CARRIED));
        }
        boolean sameKind = guess != null && guess.tool().equals(Tools.LIST_ACTION_ITEMS) && !shape.has(HEAD) && bare();
        if (guess != null && !sameKind) {
            return carried(guess);
        }
        return elliptical(tool);
    }

    private boolean bare() {
        return shape.left().stream().allMatch(word -> plain(shape.sentence().folded(word)));
    }

    static int number(String word) {
        Integer ordinal = DateWords.ordinal(word);
        if (ordinal != null) {
            return ordinal;
        }
        return word.equals("last") ? -1 : Integer.parseInt(word.replaceAll("\\D", ""));
    }

    /** A request of its own that is about what was talked about: "show the latest call", "any open items there?". */
    private @Nullable Reading carried(Guess guess) {
        if (!Understanding.FILLED.contains(guess.tool())
                || !shape.mentions().customers().isEmpty()) {
            return null;
        }
        boolean named = !shape.mentions().people().isEmpty() || slots.mentionsAsker();
        boolean refers = shape.has(THEM)
                || shape.text().startsWith(" and ")
                || shape.text().startsWith(" also ")
                || guess.tool().equals(Tools.GET_CALL)
                        && !named
                        && shape.dates().isEmpty();
        if (!refers || Topics.unknownName(shape, guess.tool().equals(Tools.SEARCH_TRANSCRIPTS)) != null) {
            return null;
        }
        Map<String, Object> kept = new LinkedHashMap<>();
        List<String> names = named ? List.of("customer") : List.of("customer", "owner", "participant");
        for (String name : names) {
            Object value = previous.arguments().get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        if (previous.arguments().containsKey("callId")
                && shape.text().matches(".* (?:it|that|this|there|that call|this call) .*")) {
            kept.put("call", previous.arguments().getOrDefault("call", "latest"));
        }
        return kept.isEmpty() ? null : Understanding.command(shape, slots, guess, kept);
    }

    private @Nullable Reading elliptical(String tool) {
        Map<String, Object> change = new LinkedHashMap<>();
        slots.customer(change);
        slots.people(tool, change);
        slots.status(change);
        slots.limit(change);
        slots.order(change);
        Map<String, Object> about = slots.about(tool);
        change.putAll(about);
        Reading unclear = Clarifying.names(shape, tool, without(previous.arguments(), change));
        boolean bare =
                shape.left().stream().allMatch(word -> plain(shape.sentence().folded(word)));
        boolean led = shape.has(LEAD);
        if (unclear != null && (bare || led)) {
            return unclear;
        }
        String unknown = bare ? null : Topics.unknownName(shape, tool.equals(Tools.SEARCH_TRANSCRIPTS));
        if (unknown != null && led) {
            return new Reading.NoSuchCustomer(unknown);
        }
        dates(change);
        Map<String, Object> merged = new LinkedHashMap<>(previous.arguments());
        if (shape.has(NO_DATES)) {
            merged.remove("from");
            merged.remove("to");
        }
        if (shape.has(EVERYBODY)) {
            merged.keySet().removeAll(List.of("owner", "participant"));
        }
        if (shape.has(MINE) && change.containsKey("owner")) {
            merged.remove("participant");
        }
        if (shape.has(ANY_STATUS) && bare && change.isEmpty()) {
            merged.remove("status");
        }
        boolean changes = !change.isEmpty() || !merged.equals(previous.arguments());
        boolean onlyAbout = !about.isEmpty() && shape.left().size() <= MOST_ABOUT;
        if (changes && (bare || onlyAbout || led && Topics.filter(shape).isEmpty())) {
            Reading undated = Clarifying.dates(shape, tool, merged);
            return undated != null ? undated : changed(merged, change);
        }
        if (shape.dates().stream().anyMatch(date -> date.outcome() instanceof Outcome.Unreadable) && bare) {
            return Clarifying.dates(shape, tool, merged);
        }
        return led && !Topics.query(shape).isEmpty() ? topic(tool, merged, change) : null;
    }

    /** "and pricing?" after a search looks for that instead. */
    private @Nullable Reading topic(String tool, Map<String, Object> merged, Map<String, Object> change) {
        String words = Topics.query(shape);
        boolean short_ = shape.left().size() <= 6;
        if (!short_) {
            return null;
        }
        boolean name = shape.left().stream()
                .anyMatch(word -> shape.sentence().capitalsMean(word)
                        && !shape.sentence().word(word).shouting()
                        && !Vocabulary.ordinary(shape.sentence().folded(word)));
        if (tool.equals(Tools.SEARCH_TRANSCRIPTS) && !name) {
            change.put("query", words);
            return changed(merged, change);
        }
        boolean ordinary = shape.left().stream()
                .allMatch(word -> Vocabulary.ordinary(shape.sentence().folded(word)));
        return ordinary ? new Reading.Unsure(tool) : new Reading.NoSuchCustomer(words);
    }

    private void dates(Map<String, Object> change) {
        for (Finding finding : shape.dates()) {
            if (finding.outcome() instanceof Outcome.Shift shift) {
                Outcome.Range range = shift.from(day("from"), day("to"), today);
                change.put("from", String.valueOf(range.from()));
                change.put("to", String.valueOf(range.to()));
                return;
            }
        }
        slots.dates(change);
    }

    private @Nullable LocalDate day(String name) {
        return previous.arguments().get(name) instanceof String day ? LocalDate.parse(day) : null;
    }

    private static Map<String, Object> without(Map<String, Object> arguments, Map<String, Object> change) {
        Map<String, Object> rest = new LinkedHashMap<>(arguments);
        rest.putAll(change);
        return rest;
    }

    private Reading changed(Map<String, Object> change) {
        return changed(previous.arguments(), change);
    }

    private Reading changed(Map<String, Object> base, Map<String, Object> change) {
        Map<String, Object> merged = new LinkedHashMap<>(base);
        merged.remove("callId");
        if (change.containsKey("from") || change.containsKey("to")) {
            merged.remove("from");
            merged.remove("to");
            merged.remove("call");
        }
        if (change.containsKey("customer") && !change.containsKey("participant")) {
            merged.remove("participant");
        }
        merged.putAll(change);
        String tool = Objects.requireNonNull(previous.tool());
        if (change.containsKey("status")
                && !tool.equals(Tools.LIST_ACTION_ITEMS)
                && Understanding.FILLED.contains(tool)) {
            tool = Tools.LIST_ACTION_ITEMS;
            merged.keySet().removeAll(List.of("call", "sort", "title", "query", "limit"));
        }
        return new Reading.Command(tool, merged, CARRIED, null);
    }

    private static boolean plain(String word) {
        return Vocabulary.function(word)
                || Vocabulary.words("""
            open due overdue completed closed first last latest newest oldest longest ones sort sorted filter
            limit pending outstanding date dates time show finished again customer customers account accounts
            recent top late everyone mine
            """).contains(word)
                || word.chars().allMatch(Character::isDigit)
                || DateWords.number(word) != null;
    }
}
