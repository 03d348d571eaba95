package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Frame.Option;
import ai.cscx.chorus.agent.Frame.Pending;
import ai.cscx.chorus.agent.Intents.Guess;
import ai.cscx.chorus.date.DatePhrases.Finding;
import ai.cscx.chorus.date.DatePhrases.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Questions to ask back when a request can be read in more than one way. */
final class Clarifying {
    /** Slot of a {@link Pending} that a date phrase fills. */
    static final String DATES = "dates";

    private Clarifying() {}

    /** Asks about the first name that fits several; null if every name is clear. */
    static @Nullable Reading names(Shape shape, String tool, Map<String, Object> arguments) {
        for (Mentions.Customer mention : shape.mentions().customers()) {
            if (mention.fits().size() > 1) {
                List<String> labels = mention.fits().stream()
                        .map(Roster.KnownCustomer::name)
                        .sorted()
                        .toList();
                return ask(shape, tool, arguments, "customer", mention.first(), mention.after(), labels);
            }
        }
        for (Mentions.Named mention : shape.mentions().people()) {
            if (mention.fits().size() > 1) {
                List<String> labels = mention.fits().stream()
                        .map(fit -> fit.known().name())
                        .sorted()
                        .toList();
                boolean owner = mention.fits().stream().allMatch(Names.Person::team)
                        || shape.sentence().word(mention.after() - 1).possessive()
                                && mention.fits().stream().anyMatch(Names.Person::team);
                return ask(
                        shape,
                        tool,
                        arguments,
                        owner ? "owner" : "participant",
                        mention.first(),
                        mention.after(),
                        labels);
            }
        }
        return null;
    }

    private static Reading ask(
            Shape shape,
            String tool,
            Map<String, Object> arguments,
            String slot,
            int first,
            int after,
            List<String> labels) {
        String typed = shape.sentence().typed(first, after);
        String before = shape.sentence()
                .text()
                .substring(0, shape.sentence().word(first).start());
        String behind = shape.sentence()
                .text()
                .substring(shape.sentence().word(after - 1).end());
        List<Option> options = labels.stream()
                .map(label -> new Option(label, before + label + behind))
                .toList();
        Map<String, Object> known = new LinkedHashMap<>(arguments);
        known.remove(slot);
        String question = "Which " + typed + " do you mean: " + String.join(" or ", labels) + "?";
        return new Reading.Clarify(question, new Pending(tool, known, slot, options));
    }

    /** Asks about a date phrase that can't be read; null if all can. */
    static @Nullable Reading dates(Shape shape, String tool, Map<String, Object> arguments) {
        for (Finding finding : shape.dates()) {
            if (finding.outcome() instanceof Outcome.Unreadable) {
                String phrase = shape.sentence().text().substring(finding.start(), finding.end());
                String question = "Which dates do you mean by \"" + phrase + "\"?";
                return new Reading.Clarify(question, new Pending(tool, arguments, DATES, List.of()));
            }
        }
        return null;
    }

    /** Asks for what a tool cannot do without; null if it is there. */
    static @Nullable Reading missing(String tool, Map<String, Object> arguments) {
        if (tool.equals(Tools.CREATE_TASK) && !arguments.containsKey("task")) {
            return new Reading.Clarify("What is to be done?", new Pending(tool, arguments, "task", List.of()));
        }
        if (tool.equals(Tools.COMPLETE_ACTION_ITEM) && !arguments.containsKey("item")) {
            return new Reading.Clarify("Which action item is done?", new Pending(tool, arguments, "item", List.of()));
        }
        if (tool.equals(Tools.GET_HEALTH) && !arguments.containsKey("customer")) {
            return new Reading.Clarify("Of which customer?", new Pending(tool, arguments, "customer", List.of()));
        }
        return null;
    }

    static Reading topic(Map<String, Object> arguments) {
        return new Reading.Clarify(
                "What should I look for in the calls?",
                new Pending(Tools.SEARCH_TRANSCRIPTS, arguments, "query", List.of()));
    }

    static Reading which(@Nullable Guess guess) {
        String tool = guess == null ? Tools.LIST_ACTION_ITEMS : guess.tool();
        return new Reading.Clarify("Which one do you mean?", new Pending(tool, Map.of(), "item", List.of()));
    }

    /** Somebody is named and nothing is asked: offers what is asked most. */
    static Reading intent(Shape shape, Slots slots) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        slots.customer(arguments);
        slots.people(Tools.LIST_CALLS, arguments);
        String name = arguments.values().stream()
                .map(value -> value instanceof List<?> list ? String.valueOf(list.getFirst()) : String.valueOf(value))
                .findFirst()
                .orElse(shape.sentence().text());
        List<Option> options = new ArrayList<>();
        options.add(new Option("Calls", "calls with " + name));
        options.add(new Option("Summary of the last call", "summary of the last call with " + name));
        options.add(new Option("Open action items", "open action items for " + name));
        return new Reading.Clarify(
                "What would you like to know about " + name + "?",
                new Pending(Tools.LIST_CALLS, arguments, null, options));
    }
}
