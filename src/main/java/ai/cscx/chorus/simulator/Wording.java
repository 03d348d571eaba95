package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Phrasebook.Vocabulary;
import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Template.Choice;
import ai.cscx.chorus.simulator.Template.Part;
import ai.cscx.chorus.simulator.Template.Slot;
import ai.cscx.chorus.simulator.Template.Text;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills the holes of templates with the facts of one call. */
final class Wording {
    private static final List<String> MODULES = List.of(
            "the planning board",
            "the report builder",
            "the alert center",
            "the data hub",
            "the workflow designer",
            "the customer portal",
            "the exception queue",
            "the task list",
            "the approval inbox",
            "the timeline view",
            "the capacity planner");
    private static final List<String> SYSTEMS =
            List.of("SAP", "Salesforce", "NetSuite", "Dynamics", "Workday", "ServiceNow", "HubSpot", "Oracle");
    private static final List<String> WEEKDAYS = List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday");
    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    /** Verbs as they follow one thing, and as they follow several. */
    private static final List<String[]> AGREEMENT = List.of(
            new String[] {" is ", " are "},
            new String[] {" is,", " are,"},
            new String[] {" isn't ", " aren't "},
            new String[] {" was ", " were "},
            new String[] {" has ", " have "},
            new String[] {" takes", " take"},
            new String[] {" works", " work"},
            new String[] {" needs", " need"},
            new String[] {" comes ", " come "},
            new String[] {" collides", " collide"});

    private static final Set<String> PREPOSITIONS = Set.of(
            "for", "on", "of", "about", "around", "in", "with", "to", "from", "by", "without", "at", "does", "do",
            "let");
    private static final Set<String> CAPITALS =
            Set.of("I", "Python", "GDPR", "Excel", "Raj", "Helen", "API", "SOC", "SSO", "Renee");

    private final SimulatedCall call;
    private final List<Participant> theirs;
    private final Dice dice;
    private final Map<String, String> facts;
    private final Vocabulary vocabulary;

    Wording(SimulatedCall call, Dice dice) {
        this.call = call;
        this.dice = dice;
        this.theirs = Casting.theirs(call);
        this.facts = facts(call, theirs);
        this.vocabulary = call.world().phrasebook().vocabulary(call.accountKey());
    }

    /**
     * Who talks to whom, and what is already settled.
     *
     * @param lasting values that hold for the whole topic
     * @param passing values that hold for a question and its answer
     */
    record Scope(Map<String, String> lasting, Map<String, String> passing, Participant me, Participant you) {}

    private String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /** A text that nobody says, such as a title. */
    String plain(Template template) {
        Participant owner = Casting.member(call.world().roster(), call.owner().name());
        return say(template, new Scope(new HashMap<>(), new HashMap<>(), owner, owner));
    }

    /** The sentence by itself, with a capital letter. */
    String say(Template template, Scope scope) {
        String text = filled(template, scope);
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** The sentence as it follows after a comma: what a hole holds keeps its letters. */
    String goOn(Template template, Scope scope) {
        String text = filled(template, scope);
        boolean written = !(template.parts().getFirst() instanceof Slot);
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return written && !CAPITALS.contains(text.substring(0, end)) ? Talk.lowerFirst(text) : text;
    }

    private String filled(Template template, Scope scope) {
        var out = new StringBuilder();
        append(template, scope, out);
        return out.toString()
                .replace("  ", " ")
                .replace(" .", ".")
                .replace(" ,", ",")
                .strip();
    }

    private void append(Template template, Scope scope, StringBuilder out) {
        String subject = "";
        for (Part part : template.parts()) {
            switch (part) {
                case Text text -> {
                    out.append(subject.isEmpty() ? text.text() : agree(subject, text.text()));
                    subject = "";
                }
                case Slot slot -> {
                    String value = value(slot, scope);
                    subject = slot.name().equals("noun") && !afterPreposition(out) ? value : "";
                    out.append(value);
                }
                case Choice choice -> append(dice.pick(choice.options()), scope, out);
            }
        }
    }

    private static boolean afterPreposition(StringBuilder said) {
        String text = said.toString().stripTrailing();
        return PREPOSITIONS.contains(text.substring(text.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT));
    }

    private static String agree(String noun, String text) {
        boolean many = noun.endsWith("s") && !noun.endsWith("ss");
        for (String[] forms : AGREEMENT) {
            String wrong = forms[many ? 0 : 1];
            if (text.startsWith(wrong)) {
                return forms[many ? 1 : 0] + text.substring(wrong.length());
            }
        }
        return text;
    }

    private String value(Slot slot, Scope scope) {
        String settled = settled(slot, scope);
        if (settled != null) {
            return settled;
        }
        Map<String, String> memory = slot.lasting() ? scope.lasting() : scope.passing();
        String known = memory.get(slot.key());
        if (known != null) {
            return known;
        }
        if (slot.lasting() && slot.name().equals("someone")) {
            return leaver();
        }
        String fresh = drawn(slot.name(), scope);
        for (int attempt = 0; attempt < 4 && memory.containsValue(fresh); attempt++) {
            fresh = drawn(slot.name(), scope);
        }
        memory.put(slot.key(), fresh);
        return fresh;
    }

    private @Nullable String settled(Slot slot, Scope scope) {
        return switch (slot.name()) {
            case "me" -> scope.me().firstName();
            case "you" -> scope.you().firstName();
            case "title" ->
                scope.me().title() == null ? "a guest here" : scope.me().title();
            default -> facts.get(slot.name());
        };
    }

    private String drawn(String name, Scope scope) {
        return switch (name) {
            case "noun" -> dice.pick(vocabulary.nouns());
            case "site" -> dice.pick(vocabulary.sites());
            case "team" -> dice.pick(vocabulary.teams());
            case "module" -> dice.pick(MODULES);
            case "n" -> String.valueOf(dice.between(2, 9));
            case "nn" -> String.valueOf(dice.between(11, 95));
            case "k" -> String.valueOf(10 * dice.between(12, 95));
            case "pct" -> String.valueOf(dice.between(4, 65));
            case "hours" -> String.valueOf(dice.between(2, 14));
            case "weeks" -> String.valueOf(dice.between(2, 8));
            case "money" -> "%,d %s".formatted(100 * dice.between(21, 990), fact("currency"));
            case "month" -> dice.pick(MONTHS);
            case "weekday" -> dice.pick(WEEKDAYS);
            case "someone" -> someone(scope);
            case "colleague" -> first(dice.pick(call.world().roster().team()).name());
            case "due" -> due();
            default -> throw new IllegalStateException("The phrase book asks for an unknown slot: " + name);
        };
    }

    private String someone(Scope scope) {
        List<String> names = call.kind() == SimulatedCall.Kind.INTERNAL
                ? call.world().roster().team().stream()
                        .map(m -> first(m.name()))
                        .toList()
                : theirs.stream().map(Participant::firstName).toList();
        List<String> absent = names.stream()
                .filter(name -> !name.equals(scope.me().firstName()))
                .filter(name -> !name.equals(scope.you().firstName()))
                .toList();
        return dice.pick(absent);
    }

    /** The person that a topic is about over many calls: never one who is in this call. */
    private String leaver() {
        List<Participant> present = call.cast();
        return theirs.stream()
                .filter(person -> present.stream().noneMatch(p -> p.personId() == person.personId()))
                .map(Participant::firstName)
                .findFirst()
                .orElse("the boss");
    }

    private String due() {
        if (dice.chance(0.22)) {
            return "";
        }
        LocalDate date = call.startedAt().atOffset(ZoneOffset.UTC).toLocalDate().plusDays(dice.between(4, 24));
        String day = date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + date.getDayOfMonth();
        return dice.pick(List.of(
                "by " + dice.pick(WEEKDAYS),
                "by Friday",
                "on " + dice.pick(WEEKDAYS),
                "tomorrow",
                "next week",
                "by the end of the week",
                "by the end of next week",
                "by next " + dice.pick(WEEKDAYS),
                "by " + day,
                "before our next call"));
    }

    private static String first(String name) {
        return name.substring(0, name.indexOf(' '));
    }

    /** What stays true of an account from call to call. */
    private static Map<String, String> facts(SimulatedCall call, List<Participant> theirs) {
        Account account = call.account();
        var facts = new HashMap<String, String>();
        var fate = account == null
                ? call.dice("facts")
                : new Dice(call.world().settings().seed(), "facts " + account.key());
        String stranger = theirs.getFirst().company();
        String company = account != null ? account.spokenName() : stranger == null ? "your company" : stranger;
        facts.put("company", company);
        facts.put("owner", call.owner().name());
        facts.put("guest", theirs.getFirst().name());
        facts.put("system", fate.pick(SYSTEMS));
        facts.put("competitor", fate.pick(call.world().roster().competitors()));
        facts.put("seats", String.valueOf(5 * fate.between(8, 90)));
        facts.put("more", String.valueOf(5 * fate.between(3, 16)));
        facts.put("discount", String.valueOf(fate.between(5, 18)));
        facts.put("currency", fate.chance(0.4) ? "euros" : "dollars");
        int quarter = call.startedAt().atOffset(ZoneOffset.UTC).getMonthValue() / 4;
        facts.put("ticket", String.valueOf(41_000 + Math.floorMod(Dice.mix(Dice.hash(company), quarter), 9_000)));
        String renewal = account == null
                ? fate.pick(MONTHS)
                : account.renewalDate().getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        facts.put("renewal", renewal);
        return facts;
    }
}
