package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.SignalCards.HealthItem;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.signal.CustomerHealth;
import ai.cscx.chorus.signal.CustomerHealth.Component;
import ai.cscx.chorus.signal.CustomerHealth.Week;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says how conversations with a few customers stand, and why. */
final class HealthSaid {
    private static final int REASONS = 3;
    /** A component from here on weighs nothing worth naming. */
    private static final double FINE = 90;

    private static final int MONTH_WEEKS = 4;
    /** A smaller difference is none. */
    private static final double NOTABLE = 3;

    private final Question question;
    private final Arguments arguments;
    private final Function<CallId, @Nullable String> title;

    HealthSaid(Question question, Arguments arguments, Function<CallId, @Nullable String> title) {
        this.question = question;
        this.arguments = arguments;
        this.title = title;
    }

    Finding say(List<CustomerHealth> healths) {
        StringBuilder reply = new StringBuilder();
        for (CustomerHealth health : healths) {
            reply.append(reply.isEmpty() ? "" : "\n").append(said(health));
        }
        return new Finding(
                reply.toString(),
                reply.toString(),
                List.of(new Card("health", healths.stream().map(HealthItem::of).toList(), healths.size())),
                Suggestions.after(Tools.GET_HEALTH, arguments),
                false);
    }

    private String said(CustomerHealth health) {
        String name = Wording.inline(health.customer().name(), 120);
        Double score = health.score();
        if (score == null) {
            return "There is no conversation health for " + name + " yet: "
                    + Objects.requireNonNullElse(health.reason(), "too little is known") + ".";
        }
        StringBuilder text = new StringBuilder("Conversation health of ")
                .append(name)
                .append(" is ")
                .append(Math.round(score))
                .append(" of 100");
        if (health.band() != null) {
            text.append(" (").append(health.band().word()).append(')');
        }
        text.append(change(score, health.trend())).append('.');
        List<Component> costly = health.components().stream()
                .filter(component -> component.value() != null && component.value() < FINE && component.weight() > 0)
                .limit(REASONS)
                .toList();
        if (costly.isEmpty()) {
            return text.append(" Nothing weighs on it.").toString();
        }
        text.append(" What weighs on it:");
        for (Component component : costly) {
            text.append("\n- ")
                    .append(Wording.inline(Objects.requireNonNullElse(component.why(), component.name()), 240));
            component.evidence().stream()
                    .limit(2)
                    .forEach(said ->
                            text.append(' ').append(question.evidence().handle(InsightsSaid.evidence(said, title))));
        }
        return text.toString();
    }

    private static String change(double score, List<Week> trend) {
        if (trend.size() <= MONTH_WEEKS) {
            return "";
        }
        Double before = trend.get(trend.size() - 1 - MONTH_WEEKS).score();
        if (before == null) {
            return "";
        }
        double moved = score - before;
        if (Math.abs(moved) < NOTABLE) {
            return ", about as four weeks ago";
        }
        return (moved > 0 ? ", up " : ", down ") + Math.round(Math.abs(moved)) + " in four weeks";
    }
}
