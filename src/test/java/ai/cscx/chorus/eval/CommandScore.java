package ai.cscx.chorus.eval;

import static ai.cscx.chorus.eval.Tally.percent;

import ai.cscx.chorus.eval.CommandSet.Conversation;
import ai.cscx.chorus.eval.CommandSet.Turn;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts how much of a {@link CommandSet} was understood. Exact is a message of which the intent and every slot are right
 * and no customer, person, day, status, risk or tracker was added that nobody said; slots count only under the intent of
 * the label itself.
 */
final class CommandScore {
    private static final List<String> SLOTS = List.of(
            "account",
            "owner",
            "participant",
            "assignee",
            "date",
            "status",
            "limit",
            "sort",
            "tracker",
            "category",
            "risk",
            "task",
            "due",
            "group_by",
            "query",
            "call",
            "item_id");
    /** Said by nobody, they make an answer wrong. */
    private static final Set<String> NEVER_ADDED =
            Set.of("account", "owner", "participant", "date", "status", "risk", "tracker");

    private static final Set<String> WITHOUT_SLOTS =
            Set.of(Understood.AMBIGUOUS, Understood.OUT_OF_SCOPE, Understood.HELP);
    private static final int MOST_CONFUSIONS = 40;

    private final Tally all = new Tally();
    private final Tally last = new Tally();
    private final Tally followUps = new Tally();
    private final Tally ambiguous = new Tally();
    private final Tally outOfScope = new Tally();
    private final Tally exact = new Tally();
    private final Map<String, Tally> intents = new TreeMap<>();
    private final Map<String, int[]> slots = new TreeMap<>();
    private final Map<String, Integer> confusions = new LinkedHashMap<>();
    private final Map<String, Integer> problems = new TreeMap<>();
    private int wrongCustomers;

    /**
     * What is wrong with one answer.
     *
     * @param problems in words of the set, such as {@code owner missing}; empty = exact
     * @param wrongCustomer it speaks of a customer that was not meant
     */
    record Verdict(List<String> problems, boolean wrongCustomer) {}

    Verdict add(Conversation conversation, int number, Understood got) {
        Turn turn = conversation.turns().get(number);
        boolean right = turn.means(got.intent());
        all.add(right);
        intents.computeIfAbsent(turn.intent(), intent -> new Tally()).add(right);
        if (number == conversation.turns().size() - 1) {
            last.add(right);
        }
        if (number > 0) {
            followUps.add(right);
        }
        if (turn.intent().equals(Understood.AMBIGUOUS)) {
            ambiguous.add(right);
        }
        if (turn.intent().equals(Understood.OUT_OF_SCOPE)) {
            outOfScope.add(right);
        }
        List<String> wrong = new ArrayList<>();
        if (!right) {
            confusions.merge("('%s', %s)".formatted(turn.intent(), quoted(got.intent())), 1, Integer::sum);
            wrong.add(turn.intent() + " taken for " + (got.intent() == null ? "nothing" : got.intent()));
        }
        if (turn.intent().equals(got.intent()) && !WITHOUT_SLOTS.contains(turn.intent())) {
            SLOTS.forEach(slot -> slot(conversation, turn, got, slot, wrong));
        }
        exact.add(wrong.isEmpty());
        wrong.forEach(problem -> problems.merge(problem, 1, Integer::sum));
        boolean wrongCustomer = speaksOfAnother(turn, got);
        wrongCustomers += wrongCustomer ? 1 : 0;
        return new Verdict(List.copyOf(wrong), wrongCustomer);
    }

    private void slot(Conversation conversation, Turn turn, Understood got, String slot, List<String> wrong) {
        JsonNode value = got.slots().get(slot);
        if (turn.slots().has(slot)) {
            int[] counts = slots.computeIfAbsent(slot, fresh -> new int[3]);
            if (SlotRules.same(slot, turn.slots(), conversation.referenceDate(), value)) {
                counts[0]++;
                return;
            }
            counts[1]++;
            counts[2] += value != null || slot.equals("query") ? 1 : 0;
            wrong.add(slot + (value == null ? " missing" : " wrong"));
            return;
        }
        if (NEVER_ADDED.contains(slot) && SlotRules.isSaid(value) && !isAsker(slot, value, conversation.asker())) {
            slots.computeIfAbsent(slot, fresh -> new int[3])[2]++;
            wrong.add(slot + " added");
        }
    }

    /** Everybody's own is what many questions mean anyway. */
    private static boolean isAsker(String slot, @Nullable JsonNode value, String asker) {
        return slot.equals("owner") && value != null && SlotRules.fold(value).equals(SlotRules.foldText(asker));
    }

    /**
     * The answer is about a customer, and not, or not only, about those of the label. What is out of scope or wants help
     * names customers whom the label leaves out.
     */
    private static boolean speaksOfAnother(Turn turn, Understood got) {
        Set<String> spoken = SlotRules.names(got.slots().get("account"));
        boolean unlabelled =
                turn.intent().equals(Understood.OUT_OF_SCOPE) || turn.intent().equals(Understood.HELP);
        boolean otherReading = turn.means(got.intent()) && !turn.intent().equals(got.intent());
        return !unlabelled
                && !(otherReading && turn.intent().equals(Understood.AMBIGUOUS))
                && !SlotRules.names(turn.slots().get("account")).containsAll(spoken);
    }

    int wrongCustomers() {
        return wrongCustomers;
    }

    /** The tables, in the form of the scorer that the labels came with, so that the two can be compared line by line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("intent, all turns       " + all);
        lines.add("intent, last turn only  " + last);
        lines.add("intent, follow-up turns " + followUps);
        lines.add("out_of_scope+ambiguous  " + ambiguous.plus(outOfScope));
        lines.add("intent + all slots      " + exact);
        lines.add("");
        lines.add("intent recall");
        intents.forEach((intent, tally) -> lines.add("  %-22s %s".formatted(intent, tally)));
        lines.add("");
        lines.add("slots (given the right intent): tp fn fp  P R");
        slots.forEach((slot, counts) -> lines.add("  %-12s %4d %4d %4d  %s %s"
                .formatted(
                        slot,
                        counts[0],
                        counts[1],
                        counts[2],
                        Tally.rounded((double) counts[0] / Math.max(1, counts[0] + counts[2]), 2),
                        Tally.rounded((double) counts[0] / Math.max(1, counts[0] + counts[1]), 2))));
        lines.add("");
        lines.add("confusions");
        confusions.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_CONFUSIONS)
                .forEach(entry -> lines.add("   %s %d".formatted(entry.getKey(), entry.getValue())));
        return lines;
    }

    /** What the tables of the other scorer leave out. */
    List<String> moreLines() {
        List<String> lines = new ArrayList<>();
        lines.add("asked back where it should      " + ambiguous);
        lines.add("refused what is out of scope    " + outOfScope);
        lines.add("answers about a wrong customer  " + wrongCustomers);
        lines.add("");
        lines.add("what was wrong: messages");
        problems.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> lines.add("  %-50s %4d".formatted(entry.getKey(), entry.getValue())));
        return lines;
    }

    /** Cells of a row of {@code docs/benchmarks.md}. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %s | %d |",
                name,
                all.of(),
                percent(all),
                percent(exact),
                percent(followUps),
                percent(ambiguous.plus(outOfScope)),
                wrongCustomers);
    }

    private static String quoted(@Nullable String intent) {
        return intent == null ? "None" : "'" + intent + "'";
    }
}
