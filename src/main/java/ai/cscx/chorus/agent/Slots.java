package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Mentions.Named;
import ai.cscx.chorus.agent.Names.Person;
import ai.cscx.chorus.agent.Roster.KnownPerson;
import ai.cscx.chorus.date.DatePhrases.Finding;
import ai.cscx.chorus.date.DatePhrases.Outcome;
import ai.cscx.chorus.date.DateWords;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills a tool's arguments from a sentence; what it doesn't say stays out. */
final class Slots {
    /** An item may be critical or safe itself; of accounts it is said how they are doing. */
    private static final Pattern OF_ACCOUNTS = Pattern.compile(" (?:accounts?|customers?) ");

    private static final String NUMBER =
            "(\\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|couple(?: of)?|few)";
    private static final String ORDER =
            "(?:last|latest|most recent|newest|recent|first|earliest|oldest|longest|top|next|previous|past|biggest|shortest)";
    private static final List<Pattern> LIMITS = List.of(
            Pattern.compile(" " + ORDER + " " + NUMBER
                    + " (?:\\S+ ){0,4}?(?:calls?|items?|todos|results?|passages?|ones?|mentions?|hits?) "),
            Pattern.compile(" " + NUMBER + " (?:\\S+ )?" + ORDER
                    + " (?:\\S+ ){0,3}?(?:calls?|items?|todos|results?|ones?|mentions?) "),
            Pattern.compile(
                    " (?:show|list|get|give|find|fetch|see|only|just|up to|at most|max|maximum|limit|first)(?: me| to| of)? (?:the |my )?"
                            + NUMBER + " (?:calls?|items?|todos|results?|passages?|mentions?|CUST|PERS|open|overdue)"),
            Pattern.compile(" (?:top|limit|limit to|max|only the last|only the first|just the last|the last|last) "
                    + NUMBER + " $"));
    private static final Pattern NEWEST = Pattern.compile(
            " (?:last|latest|most recent|newest|recent|recently|past) (?:\\S+ ){0,4}?(?:calls|items|todos) | newest first | most recent first | sort\\w* by (?:date|newest|recency)| calls (?:\\S+ ){0,3}recently | latest first ");
    private static final Pattern OLDEST = Pattern.compile(
            " (?:oldest|earliest|first) (?:\\S+ ){0,3}?(?:calls|items|todos) | oldest first | earliest first ");
    private static final Pattern LONGEST = Pattern.compile(" longest ");
    private static final Pattern DUE_ORDER =
            Pattern.compile(" (?:by|order\\w* by|sort\\w* by) (?:due|deadline)| soonest | due first ");
    private static final Pattern GROUP = Pattern.compile(
            " (?:by|per|for each|grouped by|group by|broken down by|split by|each) (customer|account|owner|csm|rep|week|month|customers|accounts|health)(?: |$)");
    private static final Pattern MY = Pattern.compile(
            " (?:my|mine|our own)(?! (?:team|notes|question|name|opinion|colleague\\w*|manager|boss|behalf|last question)) | (?:do|did|have|had|should|must|am|was|can|will) i (?:\\S+ )?(?:have|had|owe|promise\\w*|commit\\w*|need|join\\w*|attend\\w*|host\\w*|do|on|meet|met|speak|spoken|talk\\w*|say|said|agree\\w*|miss\\w*|due|working|still) | (?:calls|items|todos) (?:that )?i (?:had|have|joined|attended|hosted|made|was|did|owe|need|own|still|promised|committed|must) | (?:assigned to|for|owned by|with|on) me | i (?:owe|promised|committed|said i|need to do|have to do) | i (?:still )?(?:owe|have) | i ve (?:got|had|promised) ");
    private static final Pattern OVERDUE =
            Pattern.compile(" (?:overdue|past due|late(?! (?:DATE))|behind schedule|missed|slipped) ");
    private static final Pattern COMPLETED =
            Pattern.compile(" (?:completed|finished|done|closed|resolved|ticked off|got done) ");
    private static final Pattern OPEN = Pattern.compile(
            " (?:open|outstanding|pending|still|todos|remaining|unfinished|incomplete|undone|unresolved|not done|left|not (?:yet )?(?:completed|done|closed|finished)|to do|plate|owes?|owed|uncompleted|not finished) ");
    private static final Pattern THEIR_SIDE = Pattern.compile(
            " (?:their side|customer side|external|the client|the customer|customer's side|external participants|the prospect) ");
    private static final Pattern OUR_SIDE = Pattern.compile(
            " (?:our side|our team|internal|our rep|our csm|did we say|we said|we promise\\w*|we told) ");
    private static final Pattern CALL_PREVIOUS = Pattern.compile(
            " (?:previous|second to last|second last|penultimate|next to last) (?:\\S+ ){0,3}?call | (?:one|call) before (?:that|last|it|the last|this) | before last ");
    private static final Pattern CALL_FIRST =
            Pattern.compile(" (?:first|earliest|initial|very first) (?:\\S+ ){0,3}?call ");
    private static final Pattern CALL_LATEST = Pattern.compile(
            " (?:last|latest|most recent|newest|recent|last time) (?:\\S+ ){0,3}?(?:call|we (?:spoke|talked|met)) | when did (?:we|i|PERS) last | last (?:met|spoke|talked|talk|speak|meet|call) | last time ");
    private static final Pattern TITLED =
            Pattern.compile(" (?:titled|called|named|title|entitled|labelled|labeled) (?:QUOTE )");

    private final Shape shape;
    private final @Nullable KnownPerson asker;
    private final List<String> trackers;
    private final LocalDate today;

    Slots(Shape shape, Roster roster, LocalDate today) {
        this.shape = shape;
        this.asker = roster.asker();
        this.trackers = roster.trackers();
        this.today = today;
    }

    Map<String, Object> of(String tool) {
        Map<String, Object> slots = new LinkedHashMap<>();
        customer(slots);
        people(tool, slots);
        dates(slots);
        switch (tool) {
            case Tools.LIST_CALLS -> {
                order(slots);
                title(slots);
                limit(slots);
                group(slots);
            }
            case Tools.LIST_ACTION_ITEMS -> {
                if (shape.has(OF_ACCOUNTS)) {
                    InsightSlots.risk(shape, slots);
                }
                status(slots);
                order(slots);
                limit(slots);
                group(slots);
                call(slots, false);
            }
            case Tools.SEARCH_TRANSCRIPTS -> {
                side(slots);
                limit(slots);
                call(slots, false);
            }
            case Tools.GET_CALL, Tools.GET_TRANSCRIPT -> call(slots, true);
            case Tools.CREATE_TASK -> {
                slots.keySet().removeAll(List.of("owner", "participant", "from", "to"));
                new TaskSlots(shape, asker).create(slots);
            }
            case Tools.COMPLETE_ACTION_ITEM -> new TaskSlots(shape, asker).complete(slots);
            case Tools.GET_INSIGHTS -> {
                slots.putAll(about(tool));
                limit(slots);
                group(slots);
                call(slots, false);
            }
            case Tools.GET_TRACKER_TRENDS -> {
                slots.putAll(about(tool));
                limit(slots);
                group(slots);
                InsightSlots.byCustomer(shape, slots);
            }
            case Tools.GET_HEALTH -> slots.keySet().retainAll(List.of("customer"));
            case Tools.GET_PORTFOLIO -> {
                slots.putAll(about(tool));
                InsightSlots.order(shape, slots);
                limit(slots);
                group(slots);
            }
            case Tools.GET_SYNC_STATUS -> InsightSlots.syncStatus(shape, slots);
            default -> {
                order(slots);
                limit(slots);
                status(slots);
                group(slots);
            }
        }
        return slots;
    }

    /** What a question to such a tool is about: a category, a tracker, a risk; empty for the other tools. */
    Map<String, Object> about(String tool) {
        Map<String, Object> slots = new LinkedHashMap<>();
        switch (tool) {
            case Tools.GET_INSIGHTS -> InsightSlots.category(shape, slots);
            case Tools.GET_PORTFOLIO -> InsightSlots.risk(shape, slots);
            case Tools.GET_TRACKER_TRENDS -> {
                String tracker = InsightSlots.tracker(shape, trackers);
                if (tracker != null) {
                    slots.put("tracker", tracker);
                }
            }
            default -> {}
        }
        return slots;
    }

    void customer(Map<String, Object> slots) {
        List<String> names = shape.mentions().customers().stream()
                .filter(mention -> mention.fits().size() == 1)
                .map(mention -> mention.fits().getFirst().name())
                .distinct()
                .toList();
        if (!names.isEmpty()) {
            slots.put("customer", names.size() == 1 ? names.getFirst() : names);
        }
    }

    void people(String tool, Map<String, Object> slots) {
        List<String> owners = new ArrayList<>();
        List<String> participants = new ArrayList<>();
        if (asker != null && shape.has(MY)) {
            owners.add(asker.name());
        }
        for (Named named : shape.mentions().people()) {
            Person person = named.fits().getFirst();
            boolean owner = person.team() && owns(tool, named);
            List<String> list = owner ? owners : participants;
            if (!list.contains(person.known().name())) {
                list.add(person.known().name());
            }
        }
        put(slots, "owner", owners);
        put(slots, "participant", participants);
    }

    /** Whether a colleague is named as the one whose calls or items these are, rather than as somebody who was there. */
    private boolean owns(String tool, Named named) {
        Sentence sentence = shape.sentence();
        if (sentence.word(named.after() - 1).possessive() || tool.equals(Tools.LIST_ACTION_ITEMS)) {
            return true;
        }
        String before =
                named.first() == 1 && sentence.folded(0).equals("and") ? "" : sentence.folded(named.first() - 1);
        String after = sentence.folded(named.after());
        if (tool.equals(Tools.LIST_CALLS)
                && after.matches("have|had|run|ran|host|hosted|lead|led|hold|held|make|made|own|do")) {
            return true;
        }
        if (after.matches(
                        "join\\w*|attend\\w*|participat\\w*|was|spoke|talk\\w*|appear\\w*|ment\\w*|sa(?:y|id|ys)|describ\\w*|explain\\w*|rais\\w*|br(?:ing|ought)|discuss\\w*|ask\\w*|promis\\w*|took")
                || before.matches("with|w|joined|attended|including|involving|and|did|does|where")) {
            return tool.equals(Tools.LIST_CALLS)
                    && before.equals("and")
                    && shape.has(Pattern.compile("PERS's? and PERS"));
        }
        return !tool.equals(Tools.SEARCH_TRANSCRIPTS) || before.matches("by|of|from|for");
    }

    private static void put(Map<String, Object> slots, String name, List<String> values) {
        if (!values.isEmpty()) {
            slots.put(name, values.size() == 1 ? values.getFirst() : List.copyOf(values));
        }
    }

    /** The range that the sentence names; phrases that overlap narrow each other down. */
    void dates(Map<String, Object> slots) {
        LocalDate from = null;
        LocalDate to = null;
        for (Finding finding : shape.dates()) {
            Outcome.Range range = switch (finding.outcome()) {
                case Outcome.Range plain -> plain;
                case Outcome.Shift shift -> shift.from(null, null, today);
                case Outcome.Unreadable unreadable -> null;
            };
            if (range == null) {
                continue;
            }
            boolean apart = from != null && range.to() != null && range.to().isBefore(from)
                    || to != null && range.from() != null && range.from().isAfter(to);
            from = apart ? earlier(from, range.from()) : later(from, range.from());
            to = apart ? later(to, range.to()) : earlier(to, range.to());
        }
        if (from != null && (to == null || !from.isAfter(to))) {
            slots.put("from", from.toString());
        }
        if (to != null) {
            slots.put("to", to.toString());
        }
    }

    private static @Nullable LocalDate earlier(@Nullable LocalDate left, @Nullable LocalDate right) {
        return left == null || right != null && right.isBefore(left) ? right : left;
    }

    private static @Nullable LocalDate later(@Nullable LocalDate left, @Nullable LocalDate right) {
        return left == null || right != null && right.isAfter(left) ? right : left;
    }

    void limit(Map<String, Object> slots) {
        for (Pattern pattern : LIMITS) {
            Matcher matcher = pattern.matcher(shape.text());
            if (matcher.find()) {
                String word = matcher.group(1);
                Integer named = word.startsWith("couple")
                        ? Integer.valueOf(2)
                        : word.equals("few") ? Integer.valueOf(3) : DateWords.number(word);
                int limit = named != null ? named : Integer.parseInt(word);
                if (limit > 0 && !(word.startsWith("couple") || word.equals("few")) || named != null) {
                    slots.put("limit", limit);
                    return;
                }
            }
        }
    }

    void order(Map<String, Object> slots) {
        if (shape.has(LONGEST)) {
            slots.put("sort", "longest");
        } else if (shape.has(DUE_ORDER)) {
            slots.put("sort", "due_date");
        } else if (shape.has(OLDEST)) {
            slots.put("sort", "oldest");
        } else if (shape.has(NEWEST)) {
            slots.put("sort", "newest");
        }
    }

    void status(Map<String, Object> slots) {
        if (shape.has(OVERDUE)) {
            slots.put("status", "overdue");
        } else if (shape.has(OPEN)) {
            slots.put("status", "open");
        } else if (shape.has(COMPLETED)) {
            slots.put("status", "completed");
        }
    }

    private void group(Map<String, Object> slots) {
        Matcher matcher = GROUP.matcher(shape.text());
        if (matcher.find()) {
            slots.put(
                    "groupBy",
                    switch (matcher.group(1)) {
                        case "account", "accounts", "customers" -> "customer";
                        case "csm", "rep" -> "owner";
                        default -> matcher.group(1);
                    });
        }
    }

    private void title(Map<String, Object> slots) {
        if (shape.has(TITLED)) {
            slots.put("title", Topics.quoted(shape).replace("\"", ""));
        }
    }

    private void side(Map<String, Object> slots) {
        if (shape.has(THEIR_SIDE)) {
            slots.put("side", "external");
        } else if (shape.has(OUR_SIDE)) {
            slots.put("side", "internal");
        }
    }

    void call(Map<String, Object> slots, boolean needed) {
        if (shape.has(CALL_PREVIOUS)) {
            slots.put("call", "previous");
        } else if (shape.has(CALL_FIRST)) {
            slots.put("call", "first");
        } else if (shape.has(CALL_LATEST) || needed && !slots.containsKey("from") && !slots.containsKey("to")) {
            slots.put("call", "latest");
        }
    }

    boolean mentionsAsker() {
        return shape.has(MY);
    }
}
