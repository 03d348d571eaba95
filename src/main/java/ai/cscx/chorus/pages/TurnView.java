package ai.cscx.chorus.pages;

import ai.cscx.chorus.agent.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message and its answer, as they are shown. The answer's text is shown as text: nothing in it is taken for markup.
 *
 * @param outcome in words of {@link Answer.Outcome}
 * @param reading how the message was understood
 * @param pending a change that waits for a yes; null = none, or it was answered already
 */
record TurnView(
        String id,
        String message,
        String outcome,
        List<Passage> passages,
        List<Source> sources,
        List<CardView> cards,
        List<Reading> reading,
        @Nullable Pending pending,
        List<Answer.Option> options,
        List<String> suggestions) {
    private static final Pattern HANDLE = Pattern.compile("\\[(\\d{1,3})]");

    /** A paragraph, or the entries of a list. */
    record Passage(boolean list, List<List<Piece>> lines) {}

    /**
     * Text, or the number of a source.
     *
     * @param source null = text
     */
    record Piece(String text, @Nullable Source source) {}

    record Source(int n, String title, @Nullable String speaker, String place, String quote, String address) {
        String hint() {
            return (speaker == null ? "" : speaker + ", ") + place + ": " + quote;
        }
    }

    record Reading(String tool, List<String> arguments) {}

    record Pending(String summary) {}

    /**
     * @param last whether nothing follows: only then there is something to answer
     */
    static TurnView of(String message, Answer answer, Reader reader, boolean last) {
        List<Source> sources = answer.citations().stream()
                .map(one -> new Source(
                        one.n(),
                        CallRow.titleOf(one.title()),
                        one.speaker(),
                        Reader.place(Math.round(one.startSeconds() * 1000)),
                        one.quote(),
                        "/calls/" + one.callId() + (one.speaker() == null ? "" : "?t=" + one.startSeconds())))
                .toList();
        Map<Integer, Source> byNumber =
                sources.stream().collect(Collectors.toMap(Source::n, Function.identity(), (one, other) -> one));
        return new TurnView(
                answer.messageId(),
                message,
                answer.outcome().word(),
                passages(answer.reply(), byNumber),
                sources,
                answer.cards().stream().map(card -> CardView.of(card, reader)).toList(),
                answer.toolCalls().stream().map(TurnView::reading).toList(),
                last && answer.pendingAction() != null
                        ? new Pending(answer.pendingAction().summary())
                        : null,
                last ? answer.options() : List.of(),
                last ? answer.suggestions() : List.of());
    }

    private static Reading reading(Answer.ToolCall call) {
        List<String> arguments = call.arguments().entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> CardView.words(entry.getKey()).toLowerCase(Locale.ROOT) + ": " + entry.getValue())
                .toList();
        return new Reading(CardView.words(call.name()), arguments);
    }

    private static List<Passage> passages(String reply, Map<Integer, Source> sources) {
        List<Passage> passages = new ArrayList<>();
        List<List<Piece>> lines = new ArrayList<>();
        boolean list = false;
        for (String line : reply.split("\n", -1)) {
            String text = line.strip();
            boolean entry = text.startsWith("- ") || text.startsWith("• ");
            if ((text.isEmpty() || entry != list) && !lines.isEmpty()) {
                passages.add(new Passage(list, lines));
                lines = new ArrayList<>();
            }
            list = entry;
            if (!text.isEmpty()) {
                lines.add(pieces(entry ? text.substring(2) : text, sources));
            }
        }
        if (!lines.isEmpty()) {
            passages.add(new Passage(list, lines));
        }
        return passages;
    }

    private static List<Piece> pieces(String line, Map<Integer, Source> sources) {
        List<Piece> pieces = new ArrayList<>();
        Matcher handle = HANDLE.matcher(line);
        int from = 0;
        while (handle.find()) {
            Source source = sources.get(Integer.parseInt(handle.group(1)));
            if (source != null) {
                pieces.add(new Piece(line.substring(from, handle.start()).stripTrailing(), null));
                pieces.add(new Piece(Objects.requireNonNull(handle.group(1)), source));
                from = handle.end();
            }
        }
        pieces.add(new Piece(line.substring(from), null));
        return pieces;
    }
}
