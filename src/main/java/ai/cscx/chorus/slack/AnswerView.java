package ai.cscx.chorus.slack;

import ai.cscx.chorus.agent.Answer;
import ai.cscx.chorus.agent.Answer.Citation;
import ai.cscx.chorus.slack.Layout.Button;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Answers as messages. Pure: what is shared later is drawn again from the same answer. */
final class AnswerView {
    static final int PAGE = 10;
    private static final int MOST_SOURCES = 10;
    private static final int LONGEST_QUOTE = 200;

    private AnswerView() {}

    /**
     * @param request which the buttons name
     * @param onlyAsker whether only who asked sees it, so that it can be shared
     * @param buttons false: what others are shown
     */
    static List<Message> answer(Answer answer, long request, boolean onlyAsker, boolean buttons) {
        Layout layout = body(answer);
        if (buttons) {
            layout.buttons(answerButtons(answer, request)).buttons(listButtons(answer, request, onlyAsker));
        }
        return layout.messages();
    }

    /** The same for others, with who shares it. */
    static List<Message> shared(Answer answer, String slackUser) {
        return body(answer).lines(List.of(Phrases.sharedBy(slackUser))).messages();
    }

    private static Layout body(Answer answer) {
        List<String> lines = new ArrayList<>(Mrkdwn.lines(answer.reply(), answer.citations()));
        if (!answer.model().equals("commands")) {
            lines.addAll(sources(answer.citations()));
        }
        return new Layout().lines(lines);
    }

    /**
     * A page of the answer's list. Empty if there is none.
     *
     * @param origin the request that the answer is for
     * @param request the one for this page
     */
    static List<Message> page(Answer answer, long origin, long request, int from, ZoneId zone, boolean onlyAsker) {
        Answer.Card list = CardLines.listOf(answer);
        if (list == null || from >= list.items().size()) {
            return List.of();
        }
        int next = from + PAGE;
        List<Button> buttons = new ArrayList<>();
        if (next < list.items().size()) {
            buttons.add(next(origin, next));
        }
        if (onlyAsker) {
            buttons.add(share(request));
        }
        return pageBody(list, from, zone).buttons(buttons).messages();
    }

    static List<Message> sharedPage(Answer answer, int from, ZoneId zone, String slackUser) {
        Answer.Card list = CardLines.listOf(answer);
        return list == null
                ? List.of()
                : pageBody(list, from, zone)
                        .lines(List.of(Phrases.sharedBy(slackUser)))
                        .messages();
    }

    private static Layout pageBody(Answer.Card list, int from, ZoneId zone) {
        List<String> lines = new ArrayList<>(CardLines.lines(list, from, PAGE, zone));
        int to = from + lines.size();
        lines.add("_" + (from + 1) + " to " + to + " of " + list.total()
                + (to == list.items().size() && to < list.total() ? "; ask for less at once to see the others" : "")
                + "_");
        return new Layout().lines(lines);
    }

    private static Button next(long request, int from) {
        return new Button("page-" + from, "Next page", request + ":" + from, null);
    }

    private static Button share(long request) {
        return new Button("share", "Share here", Long.toString(request), null);
    }

    private static List<Button> answerButtons(Answer answer, long request) {
        List<Button> buttons = new ArrayList<>();
        if (answer.pendingAction() != null) {
            buttons.add(new Button("confirm", "Yes, do it", Long.toString(request), "primary"));
            buttons.add(new Button("decline", "No", Long.toString(request), null));
        }
        for (int i = 0; i < Math.min(5, answer.options().size()); i++) {
            buttons.add(new Button("choice-o" + i, answer.options().get(i).label(), request + ":o" + i, null));
        }
        if (answer.pendingAction() == null) {
            for (int i = 0; i < Math.min(3, answer.suggestions().size()); i++) {
                buttons.add(new Button("choice-s" + i, answer.suggestions().get(i), request + ":s" + i, null));
            }
        }
        return buttons;
    }

    private static List<Button> listButtons(Answer answer, long request, boolean onlyAsker) {
        List<Button> buttons = new ArrayList<>();
        Answer.Card list = CardLines.listOf(answer);
        int told = CardLines.told(answer);
        if (list != null && told < list.items().size()) {
            buttons.add(
                    new Button("page-" + told, told == 0 ? "Show the list" : "Next page", request + ":" + told, null));
        }
        if (onlyAsker) {
            buttons.add(share(request));
        }
        return buttons;
    }

    private static List<String> sources(List<Citation> citations) {
        List<String> lines = new ArrayList<>();
        if (!citations.isEmpty()) {
            lines.add("");
        }
        for (Citation citation : citations.subList(0, Math.min(MOST_SOURCES, citations.size()))) {
            String who = citation.speaker() == null ? "" : Mrkdwn.escape(citation.speaker()) + " in ";
            String title = citation.title() == null ? "Untitled call" : citation.title();
            String quote = citation.quote().strip().replaceAll("\\s+", " ");
            String shown = quote.codePointCount(0, quote.length()) <= LONGEST_QUOTE
                    ? quote
                    : quote.substring(0, quote.offsetByCodePoints(0, LONGEST_QUOTE - 1)) + "…";
            lines.add(Mrkdwn.link(citation.url(), "[" + citation.n() + "]") + " " + who + "“" + Mrkdwn.escape(title)
                    + "” at " + place(citation.startSeconds()) + ": “" + Mrkdwn.escape(shown) + "”");
        }
        return lines;
    }

    private static String place(double seconds) {
        long whole = (long) seconds;
        return whole >= 3600
                ? "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60)
                : "%d:%02d".formatted(whole / 60, whole % 60);
    }
}
