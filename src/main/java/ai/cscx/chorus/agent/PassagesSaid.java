package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.Answer.Evidence;
import ai.cscx.chorus.agent.Cards.PassageItem;
import ai.cscx.chorus.search.Hit;
import ai.cscx.chorus.search.SearchResult;
import java.util.List;
import java.util.Objects;

/** Says what was said in calls: who, when, in which call, and a quote. */
final class PassagesSaid {
    private static final int LINES = 5;

    private final Question question;
    private final Arguments arguments;

    PassagesSaid(Question question, Arguments arguments) {
        this.question = question;
        this.arguments = arguments;
    }

    Finding say(SearchResult found) {
        List<Hit> hits = found.hits();
        String scope = Wording.scope(arguments);
        if (hits.isEmpty()) {
            return Finding.nothing(
                    "I found nothing" + scope + ".", Suggestions.after(Tools.SEARCH_TRANSCRIPTS, arguments));
        }
        long calls = hits.stream().map(Hit::call).distinct().count();
        boolean more = found.nextCursor() != null;
        StringBuilder reply = new StringBuilder("I found " + (more ? "more than " : "")
                + Wording.count(hits.size(), "passage") + scope + " in " + Wording.count(calls, "call")
                + (hits.size() > LINES ? "; the best " + LINES + ":" : ":"));
        StringBuilder material = new StringBuilder(reply);
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            String handle = question.evidence().handle(evidence(hit));
            if (i < LINES) {
                reply.append("\n- ")
                        .append(who(hit))
                        .append(": “")
                        .append(Wording.inline(hit.quote(), 240))
                        .append("” ")
                        .append(handle);
            }
            material.append("\n- ")
                    .append(handle)
                    .append(' ')
                    .append(who(hit))
                    .append(": ")
                    .append(Wording.fenced(hit.text()));
        }
        Card card = new Card("passages", hits.stream().map(PassageItem::of).toList(), hits.size());
        return new Finding(
                reply.toString(),
                material.toString(),
                List.of(card),
                Suggestions.after(Tools.SEARCH_TRANSCRIPTS, arguments),
                false);
    }

    private String who(Hit hit) {
        return Wording.inline(Objects.requireNonNullElse(hit.speaker(), "Unknown speaker"), 80) + " ("
                + Wording.title(hit.title()) + ", "
                + Wording.day(hit.startedAt(), question.asker().zone()) + ")";
    }

    private static Evidence evidence(Hit hit) {
        return new Evidence(
                hit.call(), hit.title(), hit.speaker(), hit.side(), hit.utteranceStartMs(), hit.quote(), hit.url());
    }
}
