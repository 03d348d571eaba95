package ai.cscx.chorus.agent;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills what only the tools about how customers are doing take: category, tracker, risk, order. */
final class InsightSlots {
    private static final Map<String, Pattern> CATEGORIES = categories();
    private static final Map<String, Pattern> RISKS = risks();
    private static final Pattern WORST_FIRST = Pattern.compile(
            " (?:worst|lowest health|least healthy|unhealthiest|sickest)(?: (?:first|health))? | (?:by|sorted by) health ");
    private static final Pattern RISKIEST =
            Pattern.compile(" (?:riskiest|most at risk|highest risk|by risk|biggest risks?) ");
    private static final Pattern BY_CUSTOMER = Pattern.compile(
            " (?:which|what|whose) (?:accounts?|customers?) (?:\\S+ ){0,6}(?:most|least|often|more|trigger\\w*|mention\\w*|hit) ");
    private static final Pattern FAILURES = Pattern.compile(" (?:errors?|fail\\w*|broken?|problems?|issues?|stuck) ");
    private static final Pattern RUNNING = Pattern.compile(" (?:running|in progress|going on) ");

    private InsightSlots() {}

    private static Map<String, Pattern> categories() {
        Map<String, Pattern> categories = new LinkedHashMap<>();
        categories.put("objections", Pattern.compile(" (?:objections?|objected|pushback|push back|concerns?) "));
        categories.put("pricing", Pattern.compile(" (?:pricing|prices?|discounts?|costs?|budget) "));
        categories.put("next_steps", Pattern.compile(" next steps? "));
        categories.put("momentum", Pattern.compile(" (?:momentum|deal progress|progress|sentiment|buying signals?) "));
        return categories;
    }

    private static Map<String, Pattern> risks() {
        Map<String, Pattern> risks = new LinkedHashMap<>();
        risks.put(
                "high",
                Pattern.compile(
                        " (?:red|at risk|high risk|high churn|unhealthy|in trouble|risky|critical|in danger|in the red|churn\\w* risk|need\\w* attention|struggling) "));
        risks.put("medium", Pattern.compile(" (?:yellow|amber|medium(?: risk)?|moderate(?: risk)?) "));
        risks.put("low", Pattern.compile(" (?:green|low risk|healthy|doing well|safe|in good shape) "));
        return risks;
    }

    static void category(Shape shape, Map<String, Object> slots) {
        first(CATEGORIES, shape, "category", slots);
    }

    static void risk(Shape shape, Map<String, Object> slots) {
        first(RISKS, shape, "risk", slots);
    }

    private static void first(Map<String, Pattern> words, Shape shape, String slot, Map<String, Object> slots) {
        words.entrySet().stream()
                .filter(entry -> shape.has(entry.getValue()))
                .findFirst()
                .ifPresent(entry -> slots.put(slot, entry.getKey()));
    }

    static void order(Shape shape, Map<String, Object> slots) {
        if (shape.has(RISKIEST)) {
            slots.put("sort", "risk_desc");
        } else if (shape.has(WORST_FIRST)) {
            slots.put("sort", "health_asc");
        }
    }

    static void syncStatus(Shape shape, Map<String, Object> slots) {
        if (shape.has(FAILURES)) {
            slots.put("status", "failed");
        } else if (shape.has(RUNNING)) {
            slots.put("status", "running");
        }
    }

    static void byCustomer(Shape shape, Map<String, Object> slots) {
        if (shape.has(BY_CUSTOMER)) {
            slots.putIfAbsent("groupBy", "customer");
        }
    }

    /** The tracker that is named, the longest of those that are; null if none is. */
    static @Nullable String tracker(Shape shape, List<String> trackers) {
        String text = " " + stemmed(shape.sentence().text()) + " ";
        return trackers.stream()
                .filter(tracker -> text.contains(" " + stemmed(tracker) + " ")
                        || stemmed(tracker).contains(" and ")
                                && List.of(stemmed(tracker).split(" and ")).stream()
                                        .anyMatch(part -> text.contains(" " + part + " ")))
                .max(Comparator.comparingInt(String::length))
                .orElse(null);
    }

    /** Folded words without a plural's s. */
    private static String stemmed(String text) {
        return Sentence.of(text).words().stream()
                .map(Sentence.Word::folded)
                .map(word -> word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                        ? word.substring(0, word.length() - 1)
                        : word)
                .map(word -> word.startsWith("competit") ? "competitor" : word)
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }
}
