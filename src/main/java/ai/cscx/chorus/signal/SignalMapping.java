package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which insights become which signals, and how much conversations count in CSCX's own health.
 *
 * @param weight of all conversations in CSCX's own health, percent, 0–100
 * @throws Failure.Rejected if it makes no sense; all problems at once
 */
public record SignalMapping(double weight, List<SignalRule> rules) {
    private static final int MOST_RULES = 50;
    private static final int LONGEST = 200;
    private static final Pattern SIGNAL = Pattern.compile("[a-z][a-z0-9_]{0,59}");

    /** As it is until an admin changes it. */
    public static final SignalMapping STANDARD = new SignalMapping(
            15, Arrays.stream(Indicator.values()).map(Indicator::standard).toList());

    public SignalMapping {
        rules = List.copyOf(rules);
        List<Problem> problems = problems(weight, rules);
        if (!problems.isEmpty()) {
            throw new Failure.Rejected("The signal mapping cannot be saved.", problems);
        }
    }

    private static List<Problem> problems(double weight, List<SignalRule> rules) {
        List<Problem> problems = new ArrayList<>();
        if (!(weight >= 0 && weight <= 100)) {
            problems.add(new Problem("/weight", "is a number from 0 to 100"));
        }
        if (rules.isEmpty() || rules.size() > MOST_RULES) {
            problems.add(new Problem("/rules", "has 1 to " + MOST_RULES + " entries"));
        }
        Set<String> insights = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            SignalRule rule = rules.get(i);
            String at = "/rules/" + i;
            double most = most(rule.insight());
            if (most == 0) {
                problems.add(new Problem(
                        at + "/insight",
                        "is one of " + words() + ", or category: or tracker: with a name, such as category:feature"));
            } else if (!insights.add(rule.insight().toLowerCase(Locale.ROOT))) {
                problems.add(new Problem(at + "/insight", "is there twice; an insight becomes one signal"));
            }
            if (!SIGNAL.matcher(rule.signal()).matches()) {
                problems.add(new Problem(
                        at + "/signal", "is a name of lower-case letters, digits and _, such as churn_risk"));
            }
            if (!(rule.weight() >= 0 && rule.weight() <= 100)) {
                problems.add(new Problem(at + "/weight", "is a number from 0 to 100"));
            }
            if (most > 0 && !(rule.threshold() > 0 && rule.threshold() <= most)) {
                problems.add(new Problem(at + "/threshold", "is a number above 0, at most " + plain(most)));
            }
        }
        if (problems.isEmpty() && rules.stream().allMatch(rule -> rule.weight() == 0)) {
            problems.add(new Problem("/rules", "has at least one weight above 0"));
        }
        return problems;
    }

    /** The largest threshold of an insight; 0 if it is none. */
    private static double most(String insight) {
        for (String prefix : List.of(SignalRule.CATEGORY, SignalRule.TRACKER)) {
            if (insight.startsWith(prefix)) {
                int length = insight.substring(prefix.length()).strip().length();
                return length > 0 && length <= LONGEST ? 1 : 0;
            }
        }
        return Indicator.of(insight).map(Indicator::most).orElse(0.0);
    }

    private static String words() {
        return String.join(
                ", ", Arrays.stream(Indicator.values()).map(Indicator::word).toList());
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
