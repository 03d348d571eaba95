package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.SignalCards.TrendItem;
import ai.cscx.chorus.signal.Mention;
import ai.cscx.chorus.signal.Trend;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says how often trackers came up, against the time before, and whether that means anything. */
final class TrendsSaid {
    private static final int LINES = 8;

    private final Question question;
    private final Arguments arguments;

    TrendsSaid(Question question, Arguments arguments) {
        this.question = question;
        this.arguments = arguments;
    }

    /**
     * @param others what came up instead
     */
    Finding nothing(List<Trend> others) {
        String heard =
                others.stream().map(Trend::tracker).distinct().limit(LINES).collect(Collectors.joining(", "));
        return Finding.nothing(
                "No tracker" + (named() == null ? "" : " “" + Wording.inline(named(), 80) + "”") + " came up" + scope()
                        + "." + (heard.isEmpty() ? "" : " Trackers that did: " + heard + "."),
                Suggestions.after(Tools.GET_TRACKER_TRENDS, arguments));
    }

    /**
     * @param quotes the newest of the first tracker's
     */
    Finding say(List<Trend> trends, @Nullable String groupBy, List<Mention> quotes) {
        StringBuilder reply = new StringBuilder("Trackers")
                .append(scope())
                .append(trends.size() > LINES ? "; the first " + LINES + " of " + trends.size() + ":" : ":");
        trends.stream().limit(LINES).forEach(trend -> reply.append("\n- ").append(line(trend, groupBy)));
        StringBuilder material = new StringBuilder(reply);
        for (Mention mention : quotes) {
            String handle = question.evidence().handle(evidence(mention));
            String who = Wording.inline(Objects.requireNonNullElse(mention.speaker(), "Unknown speaker"), 80) + ", "
                    + Wording.day(mention.startedAt(), question.asker().zone());
            reply.append(quotes.getFirst().equals(mention) ? "\nLately:" : "")
                    .append("\n- ")
                    .append(who)
                    .append(": “")
                    .append(Wording.inline(mention.quote(), 240))
                    .append("” ")
                    .append(handle);
            material.append("\n- ")
                    .append(handle)
                    .append(' ')
                    .append(who)
                    .append(": ")
                    .append(Wording.fenced(mention.quote()));
        }
        return new Finding(
                reply.toString(),
                material.toString(),
                List.of(new Card("trends", trends.stream().map(TrendItem::of).toList(), trends.size())),
                Suggestions.after(Tools.GET_TRACKER_TRENDS, arguments),
                false);
    }

    private static String line(Trend trend, @Nullable String groupBy) {
        String group = switch (Objects.requireNonNullElse(groupBy, "")) {
            case "week" -> trend.week() == null ? "" : "week of " + Wording.day(trend.week()) + ", ";
            case "month" -> trend.month() == null ? "" : trend.month() + ", ";
            case "customer" ->
                trend.customer() == null
                        ? "no customer, "
                        : Wording.inline(trend.customer().name(), 80) + ", ";
            case "owner" -> Objects.requireNonNullElse(trend.owner(), "nobody") + ", ";
            default -> "";
        };
        Double change = trend.change();
        String against = change == null
                ? trend.previous() == 0 && trend.count() > 0 ? "none in the time before" : ""
                : change == 0
                        ? "as often as before"
                        : (change > 0 ? "up " : "down ") + Math.round(Math.abs(change) * 100) + " %";
        return group + Wording.inline(trend.tracker(), 80) + ": " + Wording.count(trend.count(), "mention") + " in "
                + trend.callsWith() + " of " + Wording.count(trend.calls(), "call")
                + (against.isEmpty() ? "" : ", " + against)
                + (change == null || change == 0 ? "" : trend.significant() ? " (a trend)" : " (may be chance)");
    }

    private @Nullable String named() {
        String tracker = arguments.text("tracker");
        return tracker == null ? arguments.text("query") : tracker;
    }

    private String scope() {
        List<String> customers = arguments.texts("customer");
        String owner = arguments.text("owner");
        String period = Wording.period(arguments.day("from"), arguments.day("to"));
        return (customers.isEmpty() ? "" : " with " + Wording.list(customers))
                + (owner == null ? "" : " of " + owner)
                + (period.isEmpty() ? " in the last 90 days" : period);
    }

    private static Answer.Evidence evidence(Mention mention) {
        return new Answer.Evidence(
                mention.call(),
                mention.title(),
                mention.speaker(),
                mention.side(),
                Objects.requireNonNullElse(mention.startMs(), 0L),
                Wording.quote(mention.quote()),
                mention.url());
    }
}
