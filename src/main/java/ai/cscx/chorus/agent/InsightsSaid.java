package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.SignalCards.InsightsItem;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.signal.CustomerInsights;
import ai.cscx.chorus.signal.CustomerInsights.Driver;
import ai.cscx.chorus.signal.Evidence;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what the calls of customers say: momentum, objections, talk of prices, next steps. */
final class InsightsSaid {
    private static final int LINES = 5;
    private static final int CUSTOMERS = 10;
    private static final double MIDDLE = 50;

    private final Question question;
    private final Arguments arguments;
    private final Function<CallId, @Nullable String> title;

    InsightsSaid(Question question, Arguments arguments, Function<CallId, @Nullable String> title) {
        this.question = question;
        this.arguments = arguments;
        this.title = title;
    }

    /**
     * @param found of customers with calls in the range
     * @param asked how many customers were looked at or could have been
     * @param category momentum, objections, pricing or next_steps; null = all of it
     * @param call only what was found in this one; null = in all
     * @param speaker only what this person said; null = anybody
     */
    Finding say(
            List<CustomerInsights> found,
            int asked,
            @Nullable String category,
            @Nullable CallId call,
            @Nullable String speaker,
            int most) {
        List<CustomerInsights> narrowed = found.stream()
                .map(insights -> call == null && speaker == null ? insights : narrowed(insights, call, speaker))
                .sorted(order(category))
                .limit(most)
                .toList();
        if (narrowed.isEmpty()) {
            return Finding.nothing(
                    "There are no calls" + Wording.scope(arguments) + " that tell.",
                    Suggestions.after(Tools.GET_INSIGHTS, arguments));
        }
        StringBuilder reply = new StringBuilder();
        if (narrowed.size() == 1) {
            one(reply, narrowed.getFirst(), category);
        } else {
            several(reply, narrowed, category);
        }
        return new Finding(
                reply.toString(),
                reply.toString(),
                List.of(new Card(
                        "insights", narrowed.stream().map(InsightsItem::of).toList(), Math.max(asked, 1))),
                Suggestions.after(Tools.GET_INSIGHTS, arguments),
                false);
    }

    private void one(StringBuilder reply, CustomerInsights insights, @Nullable String category) {
        String of = " of " + name(insights) + Wording.period(arguments.day("from"), arguments.day("to"));
        if (category == null || category.equals("momentum")) {
            reply.append(momentum(insights, of));
            for (Driver driver : insights.momentum().drivers().stream().limit(3).toList()) {
                reply.append("\n- ").append(Wording.inline(driver.why(), 240));
                driver.evidence().stream()
                        .limit(2)
                        .forEach(said -> reply.append(' ').append(handle(said)));
            }
        }
        if (category == null || category.equals("objections")) {
            section(reply, "objection", of, insights.objections());
        }
        if (category == null || category.equals("pricing")) {
            section(reply, "remark about prices", of, insights.pricing());
        }
        if (category == null || category.equals("next_steps")) {
            section(reply, "open next step", of, insights.nextSteps());
        }
        reply.append("\nThis rests on ")
                .append(Wording.count(insights.coverage().calls(), "call"))
                .append(", ")
                .append(insights.coverage().withTranscript())
                .append(" with a transcript.");
    }

    private static String momentum(CustomerInsights insights, String of) {
        Double score = insights.momentum().score();
        if (score == null) {
            return "No call tells the momentum" + of + ".";
        }
        String way = insights.momentum().direction().word();
        return "The momentum" + of + " is " + Math.round(score) + " of 100 (50 stands still)"
                + (way.equals("unknown") ? "." : ", " + way + ".");
    }

    private void section(StringBuilder reply, String noun, String of, List<CustomerInsights.Finding> findings) {
        reply.append(reply.isEmpty() ? "" : "\n");
        if (findings.isEmpty()) {
            reply.append("I found no ").append(noun).append(of).append('.');
            return;
        }
        String nouns = noun.equals("remark about prices") ? "remarks about prices" : noun + "s";
        reply.append(findings.size())
                .append(' ')
                .append(findings.size() == 1 ? noun : nouns)
                .append(of)
                .append(findings.size() > LINES ? "; the newest " + LINES + ":" : ":");
        for (CustomerInsights.Finding finding : findings.stream().limit(LINES).toList()) {
            reply.append("\n- ")
                    .append(finding.side() == Side.EXTERNAL ? "Their side: “" : "“")
                    .append(Wording.inline(finding.text(), 240))
                    .append("” (")
                    .append(Wording.day(finding.startedAt(), question.asker().zone()))
                    .append(')');
            finding.evidence().stream()
                    .limit(1)
                    .forEach(said -> reply.append(' ')
                            .append(question.evidence().handle(evidence(said, title, finding.side()))));
        }
    }

    private void several(StringBuilder reply, List<CustomerInsights> found, @Nullable String category) {
        String what = category == null ? "Momentum" : category.equals("next_steps") ? "Next steps" : category;
        reply.append(what.substring(0, 1).toUpperCase(java.util.Locale.ROOT))
                .append(what.substring(1))
                .append(" of ")
                .append(Wording.count(found.size(), "customer"))
                .append(Wording.period(arguments.day("from"), arguments.day("to")))
                .append(found.size() > CUSTOMERS ? "; the first " + CUSTOMERS + ":" : ":");
        for (CustomerInsights insights : found.stream().limit(CUSTOMERS).toList()) {
            reply.append("\n- ").append(name(insights)).append(": ");
            if (category == null || category.equals("momentum")) {
                Double score = insights.momentum().score();
                reply.append(
                        score == null
                                ? "not known"
                                : Math.round(score) + " of 100, "
                                        + insights.momentum().direction().word());
                insights.momentum().drivers().stream()
                        .flatMap(driver -> driver.evidence().stream())
                        .limit(1)
                        .forEach(said -> reply.append(' ').append(handle(said)));
            } else {
                List<CustomerInsights.Finding> findings = findings(insights, category);
                reply.append(findings.size());
                findings.stream().limit(1).forEach(finding -> {
                    reply.append(", newest “")
                            .append(Wording.inline(finding.text(), 160))
                            .append('”');
                    finding.evidence().stream()
                            .limit(1)
                            .forEach(said -> reply.append(' ')
                                    .append(question.evidence().handle(evidence(said, title, finding.side()))));
                });
            }
        }
    }

    /** The customers with most of it first; momentum from below. */
    private static Comparator<CustomerInsights> order(@Nullable String category) {
        Comparator<CustomerInsights> first = category == null || category.equals("momentum")
                ? Comparator.comparingDouble(insights ->
                        Objects.requireNonNullElse(insights.momentum().score(), MIDDLE))
                : Comparator.comparingInt(
                        insights -> -findings(insights, category).size());
        return first.thenComparing(insights -> insights.customer().name());
    }

    private static List<CustomerInsights.Finding> findings(CustomerInsights insights, String category) {
        return switch (category) {
            case "objections" -> insights.objections();
            case "pricing" -> insights.pricing();
            default -> insights.nextSteps();
        };
    }

    private static CustomerInsights narrowed(
            CustomerInsights insights, @Nullable CallId call, @Nullable String speaker) {
        return new CustomerInsights(
                insights.customer(),
                insights.momentum(),
                narrowed(insights.nextSteps(), call, speaker),
                narrowed(insights.pricing(), call, speaker),
                narrowed(insights.objections(), call, speaker),
                insights.topics(),
                insights.actionItems(),
                insights.coverage());
    }

    private static List<CustomerInsights.Finding> narrowed(
            List<CustomerInsights.Finding> findings, @Nullable CallId call, @Nullable String speaker) {
        return findings.stream()
                .filter(finding -> call == null || finding.call().equals(call))
                .filter(finding ->
                        speaker == null || finding.evidence().stream().anyMatch(said -> speaker.equals(said.speaker())))
                .collect(Collectors.toList());
    }

    private static String name(CustomerInsights insights) {
        return Wording.inline(insights.customer().name(), 120);
    }

    private String handle(Evidence said) {
        return question.evidence().handle(evidence(said, title));
    }

    static Answer.Evidence evidence(Evidence said, Function<CallId, @Nullable String> title) {
        return evidence(said, title, Side.UNKNOWN);
    }

    private static Answer.Evidence evidence(Evidence said, Function<CallId, @Nullable String> title, Side side) {
        return new Answer.Evidence(
                said.call(),
                title.apply(said.call()),
                said.speaker(),
                side,
                Objects.requireNonNullElse(said.startMs(), 0L),
                Wording.quote(said.quote()),
                said.url());
    }
}
