package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.CallFinder.Selection;
import ai.cscx.chorus.agent.Cards.CallItem;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallFilter.Sort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which calls were found. */
final class CallsSaid {
    private static final int LINES = 10;

    private final Question question;
    private final Arguments arguments;

    CallsSaid(Question question, Arguments arguments) {
        this.question = question;
        this.arguments = arguments;
    }

    Finding say(Selection found, Sort sort, @Nullable String groupBy) {
        List<Call> calls = found.calls();
        String scope = Wording.scope(arguments);
        if (calls.isEmpty()) {
            return Finding.nothing("I found no calls" + scope + ".", Suggestions.after(Tools.LIST_CALLS, arguments));
        }
        StringBuilder reply = new StringBuilder("I found " + Wording.count(found.total(), "call") + scope);
        if (calls.size() < found.total()) {
            reply.append("; the ")
                    .append(order(sort))
                    .append(' ')
                    .append(calls.size())
                    .append(calls.size() == 1 ? " is" : " are")
                    .append(groupBy == null ? " shown" : " counted");
        }
        reply.append('.');
        if (groupBy != null) {
            reply.append(Groups.lines(
                    calls,
                    groupBy,
                    CallsSaid::customer,
                    Call::owner,
                    Call::startedAt,
                    question.asker().zone()));
        }
        StringBuilder material = new StringBuilder(reply);
        for (int i = 0; i < calls.size(); i++) {
            String line = line(calls.get(i));
            if (i < LINES && groupBy == null) {
                reply.append(line);
            }
            String summary = calls.get(i).summary();
            material.append(line).append(summary == null ? "" : " " + Wording.fenced(Wording.quote(summary)));
        }
        if (groupBy == null && calls.size() > LINES) {
            reply.append("\nand ").append(calls.size() - LINES).append(" more in the list.");
        }
        Card card = new Card("calls", calls.stream().map(CallItem::of).toList(), found.total());
        return new Finding(
                reply.toString(),
                material.toString(),
                List.of(card),
                Suggestions.after(Tools.LIST_CALLS, arguments),
                false);
    }

    private String line(Call call) {
        String customer = customer(call);
        String with = customer == null || arguments.texts("customer").size() == 1
                ? ""
                : " (" + Wording.inline(customer, 80) + ")";
        return "\n- " + Wording.day(call.startedAt(), question.asker().zone()) + ": " + Wording.title(call.title())
                + with
                + " " + question.evidence().handle(Wording.evidence(call));
    }

    private static @Nullable String customer(Call call) {
        Call.CustomerRef customer = call.customer();
        return customer == null ? null : customer.name();
    }

    private static String order(Sort sort) {
        return switch (sort) {
            case NEWEST -> "newest";
            case OLDEST -> "oldest";
            case LONGEST -> "longest";
        };
    }
}
