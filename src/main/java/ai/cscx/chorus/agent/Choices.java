package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Frame.Option;
import ai.cscx.chorus.agent.Frame.Pending;
import ai.cscx.chorus.base.Spelling;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the answer to a question of ours. */
final class Choices {
    private static final Pattern NUMBER = Pattern.compile(
            "^ (?:the |option |number |no |choice |i meant |i mean |nr )*(\\d{1,2}|first|second|third|fourth|fifth|last|former|latter|one|two|three|1st|2nd|3rd)(?: (?:one|option|please|choice))* $");
    private static final double CHOSEN = 0.95;

    private final Pending pending;
    private final Shape shape;
    private final Roster roster;
    private final LocalDate today;

    Choices(Pending pending, Shape shape, Roster roster, LocalDate today) {
        this.pending = pending;
        this.shape = shape;
        this.roster = roster;
        this.today = today;
    }

    /** The completed request; null if this is no answer but a message of its own. */
    @Nullable
    Reading read(Understanding understanding) {
        Option option = byNumber();
        option = option != null ? option : byWords(String::equals);
        option = option != null ? option : byWords(Choices::near);
        if (option != null) {
            return chosen(option, understanding);
        }
        if (Intents.guess(shape) != null || Manners.help(shape)) {
            return null;
        }
        Map<String, Object> arguments = new LinkedHashMap<>(pending.arguments());
        if (Clarifying.DATES.equals(pending.slot())) {
            new Slots(shape, roster, today).dates(arguments);
            return arguments.equals(pending.arguments()) ? null : complete(arguments);
        }
        if ("query".equals(pending.slot()) && !Topics.query(shape).isEmpty()) {
            arguments.put("query", Topics.query(shape));
            return complete(arguments);
        }
        if (Set.of("task", "item").contains(String.valueOf(pending.slot()))) {
            arguments.put(String.valueOf(pending.slot()), shape.sentence().text());
            return complete(arguments);
        }
        return null;
    }

    private Reading chosen(Option option, Understanding understanding) {
        String slot = pending.slot();
        if (slot == null) {
            return understanding.read(option.message(), roster, null, today);
        }
        Map<String, Object> arguments = new LinkedHashMap<>(pending.arguments());
        boolean colleague =
                roster.team().stream().anyMatch(person -> person.name().equals(option.label()));
        boolean person = slot.equals("owner") || slot.equals("participant");
        arguments.put(person && !colleague ? "participant" : slot, option.label());
        return complete(arguments);
    }

    private Reading complete(Map<String, Object> arguments) {
        return Understanding.FILLED.contains(pending.tool())
                ? new Reading.Command(pending.tool(), arguments, CHOSEN, null)
                : new Reading.Unsure(pending.tool());
    }

    private @Nullable Option byNumber() {
        String words = " "
                + String.join(
                        " ",
                        shape.sentence().words().stream()
                                .map(Sentence.Word::folded)
                                .toList()) + " ";
        Matcher matcher = NUMBER.matcher(words);
        List<Option> options = pending.options();
        if (options.isEmpty() || !matcher.find()) {
            return null;
        }
        int number = switch (matcher.group(1)) {
            case "first", "former", "one", "1st" -> 1;
            case "second", "two", "2nd" -> 2;
            case "third", "three", "3rd" -> 3;
            case "fourth" -> 4;
            case "fifth" -> 5;
            case "last", "latter" -> options.size();
            default -> Integer.parseInt(matcher.group(1));
        };
        return number >= 1 && number <= options.size() ? options.get(number - 1) : null;
    }

    /** The one option whose label has the words that were said. */
    private @Nullable Option byWords(BiPredicate<String, String> same) {
        List<String> said = shape.sentence().words().stream()
                .map(Sentence.Word::folded)
                .filter(word -> !Vocabulary.function(word))
                .toList();
        if (said.isEmpty()) {
            return null;
        }
        Option only = null;
        for (Option option : pending.options()) {
            List<String> label = Names.words(option.label());
            boolean fits = said.stream().allMatch(word -> label.stream().anyMatch(part -> same.test(word, part)))
                    || mentioned(option);
            if (!fits) {
                continue;
            }
            if (only != null) {
                return null;
            }
            only = option;
        }
        return only;
    }

    private boolean mentioned(Option option) {
        boolean customer = shape.mentions().customers().stream()
                .anyMatch(mention -> mention.fits().size() == 1
                        && mention.fits().getFirst().name().equals(option.label()));
        boolean person = shape.mentions().people().stream()
                .anyMatch(mention -> mention.fits().size() == 1
                        && mention.fits().getFirst().known().name().equals(option.label()));
        return (customer || person) && Intents.guess(shape) == null;
    }

    private static boolean near(String said, String part) {
        return part.equals(said)
                || said.length() >= 3 && part.startsWith(said)
                || said.length() >= 5 && Spelling.distance(said, part) <= 1;
    }
}
