package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Mentions.Named;
import ai.cscx.chorus.agent.Roster.KnownPerson;
import ai.cscx.chorus.date.DatePhrases.Finding;
import ai.cscx.chorus.date.DatePhrases.Outcome;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills the arguments of the tools that change something: what is to be done, by whom, until when; or what was done. */
final class TaskSlots {
    /** In front of what is to be done. Names stand for themselves here, so that "for Acme:" can be part of it. */
    private static final Pattern LEAD = Pattern.compile(
            "^(?:(?:please|pls|can you|could you|would you|hey|hi|ok|also|and|i need to|i want to|let us|lets)[ ,]+)*"
                    + "(?:(?:create|add|make|set up|set|log|open|new|put|raise|file|need|give|start)\\b(?: me| us)?(?: an?| the| another)?(?: new| quick)?"
                    + "(?: (?:action items?|to[- ]?dos?|tasks?|reminders?|items?|follow[- ]?ups?(?: tasks?)?))?(?: on my (?:list|plate)| to my (?:list|tasks))?"
                    + "|(?:action item|to[- ]?do|task|reminder|note to self|follow[- ]?up task)\\b"
                    + "|remind\\b|assign\\b(?: an?| the)?(?: (?:task|action item|to[- ]?do))?|schedule\\b(?: an?)?(?: reminder)?|(?:have|get|ask|tell)\\b)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern JOINT =
            Pattern.compile("^[ ,;:–-]*(?:(?:to|that|about|saying|which says)\\b[ :]*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern FOR =
            Pattern.compile("^[ ,;:–-]*(?:for|with|on|at|to|in|by|under)?[ ]*(?:the )?$", Pattern.CASE_INSENSITIVE);
    private static final Pattern ASSIGNING = Pattern.compile(
            "[ ,;.–-]*(?:and |then )?(?:please )?(?:assign(?:ed)?(?: it| this| that| the task)? to|owner(?: is)?:?|owned by|give it to|for)\\s*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DEADLINE = Pattern.compile(
            "[ ,;.–(-]*(?:\\b(?:is |that's |it's )?(?:due|by|before|until|till|no later than|on|deadline|eod|end of day|cob|for|latest)\\b[ :]*)+$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ID = Pattern.compile("\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b");
    private static final Set<String> DONE_WORDS = Vocabulary.words("""
            mark marked close closed complete completed finish finished done item items task tasks action actions todo todos
            tick check cross resolve resolved set off sent delivered follow up call was is got been as that now has
            """);

    private final Shape shape;
    private final @Nullable KnownPerson asker;

    TaskSlots(Shape shape, @Nullable KnownPerson asker) {
        this.shape = shape;
        this.asker = asker;
    }

    /** For {@code create_task}: the customer is there already. */
    void create(Map<String, Object> slots) {
        LocalDate due = due();
        if (due != null) {
            slots.put("due", due.toString());
        }
        List<String> contacts = shape.mentions().people().stream()
                .filter(named ->
                        named.fits().size() == 1 && !named.fits().getFirst().team())
                .map(named -> named.fits().getFirst().known().name())
                .distinct()
                .toList();
        if (!contacts.isEmpty()) {
            slots.put("participant", contacts.size() == 1 ? contacts.getFirst() : contacts);
        }
        String assignee = assignee();
        if (assignee != null) {
            slots.put("assignee", assignee);
        }
        String task = task();
        if (!task.isEmpty()) {
            slots.put("task", task);
        }
    }

    private @Nullable LocalDate due() {
        LocalDate due = null;
        for (Finding finding : shape.dates()) {
            if (finding.outcome() instanceof Outcome.Range range) {
                due = range.to() != null ? range.to() : range.from();
            }
        }
        return due;
    }

    private @Nullable String assignee() {
        String text = shape.text();
        KnownPerson self = asker;
        if (self != null
                && text.matches(
                        ".* (?:remind me|assign(?:ed)? (?:it |this )?to me|for me|my (?:todos|list|plate|items)|i (?:need|have|must|should)|note to self) .*")) {
            return self.name();
        }
        for (Named named : shape.mentions().people()) {
            if (named.fits().size() == 1 && named.fits().getFirst().team() && assigned(named)) {
                return named.fits().getFirst().known().name();
            }
        }
        return null;
    }

    /** Whether a colleague is named as the one who is to do it, rather than as somebody to talk to. */
    private boolean assigned(Named named) {
        Sentence sentence = shape.sentence();
        String before = sentence.folded(named.first() - 1);
        String after = sentence.folded(named.after());
        boolean beginning = sentence.words().subList(0, named.first()).stream()
                .allMatch(word -> Set.of(
                                "have", "get", "ask", "tell", "remind", "assign", "please", "can", "you", "task", "a",
                                "to")
                        .contains(word.folded()));
        return Set.of("for", "remind", "assign", "owner", "assignee", "have", "get", "ask", "tell", "by")
                        .contains(before)
                || before.equals("to")
                        && named.first() > 1
                        && Set.of("assign", "assigned", "it", "task", "this", "that", "give")
                                .contains(sentence.folded(named.first() - 2))
                || beginning && Set.of("to", "should", "needs", "must").contains(after);
    }

    /** What is to be done, as typed, without who, for whom and until when. */
    private String task() {
        String text = shape.sentence().text();
        int begin = 0;
        Matcher lead = LEAD.matcher(text);
        if (lead.find()) {
            begin = afterNames(lead.end());
        }
        StringBuilder task = new StringBuilder();
        int at = begin;
        for (int[] gap : gaps()) {
            if (gap[0] >= begin && gap[0] >= at) {
                task.append(
                        gap[2] == 0
                                ? strip(DEADLINE, text.substring(at, gap[0]))
                                : strip(ASSIGNING, text.substring(at, gap[0])));
                task.append(' ');
                at = gap[1];
            }
        }
        task.append(text.substring(Math.min(at, text.length())));
        return task.toString()
                .replaceAll("\\s+", " ")
                .replaceAll("^[\\s,;:.–\"'-]+|[\\s,;:\"'–(-]+$", "")
                .replaceAll("[.!?]+$", "")
                .strip();
    }

    private static String strip(Pattern pattern, String text) {
        return pattern.matcher(text).replaceFirst("");
    }

    /** Behind the customers and people that follow a lead, as in "create a task for Acme: ". */
    private int afterNames(int lead) {
        String text = shape.sentence().text();
        int at = lead;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int[] name : names()) {
                if (name[0] >= at && FOR.matcher(text.substring(at, name[0])).matches()) {
                    at = text.startsWith("'s", name[1]) ? name[1] + 2 : name[1];
                    moved = true;
                    break;
                }
            }
        }
        String rest = text.substring(at);
        Matcher me = Pattern.compile("^ (?:me|us|myself)\\b", Pattern.CASE_INSENSITIVE)
                .matcher(rest);
        if (me.find()) {
            at += me.end();
            rest = text.substring(at);
        }
        for (Finding finding : shape.dates()) {
            if (finding.start() >= at && text.substring(at, finding.start()).isBlank()) {
                at = finding.end();
                rest = text.substring(at);
            }
        }
        Matcher joint = JOINT.matcher(rest);
        return joint.find() ? at + joint.end() : at;
    }

    private List<int[]> names() {
        List<int[]> names = new ArrayList<>();
        Sentence sentence = shape.sentence();
        shape.mentions()
                .customers()
                .forEach(one -> names.add(new int[] {
                    sentence.word(one.first()).start(),
                    sentence.word(one.after() - 1).end()
                }));
        shape.mentions()
                .people()
                .forEach(one -> names.add(new int[] {
                    sentence.word(one.first()).start(),
                    sentence.word(one.after() - 1).end()
                }));
        return names;
    }

    /** What is no part of the task: dates (kind 0) and whom it is assigned to (kind 1), in order. */
    private List<int[]> gaps() {
        List<int[]> gaps = new ArrayList<>();
        shape.dates().stream()
                .filter(finding -> finding.outcome() instanceof Outcome.Range)
                .forEach(finding -> gaps.add(new int[] {finding.start(), finding.end(), 0}));
        Sentence sentence = shape.sentence();
        for (Named named : shape.mentions().people()) {
            int start = sentence.word(named.first()).start();
            boolean assigning =
                    ASSIGNING.matcher(sentence.text().substring(0, start)).find();
            if (assigning && named.fits().getFirst().team()) {
                gaps.add(new int[] {start, sentence.word(named.after() - 1).end(), 1});
            }
        }
        gaps.sort((one, other) -> Integer.compare(one[0], other[0]));
        return gaps;
    }

    /** For {@code complete_action_item}: the words that name the item; absent if none do. */
    void complete(Map<String, Object> slots) {
        slots.keySet().removeAll(Set.of("owner", "from", "to", "status", "sort", "limit", "groupBy"));
        Matcher id = ID.matcher(shape.sentence().text());
        if (id.find()) {
            slots.put("item", id.group());
            return;
        }
        String quoted = Topics.quoted(shape).replace("\"", "");
        String item = quoted.isEmpty()
                ? shape.left().stream()
                        .map(index -> shape.sentence().word(index))
                        .filter(word -> !Vocabulary.function(word.folded()) && !DONE_WORDS.contains(word.folded()))
                        .map(word -> shape.sentence().text().substring(word.start(), word.end()))
                        .collect(Collectors.joining(" "))
                : quoted;
        if (!item.isBlank()) {
            slots.put("item", item);
            slots.put("query", item);
        }
    }
}
