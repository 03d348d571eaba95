package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.store.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The words behind numbers, of the calls that they were read for. */
final class QuoteReader {
    private final Map<CallId, Words> calls;

    private record Words(@Nullable String url, Quotes quotes) {}

    private QuoteReader(Map<CallId, Words> calls) {
        this.calls = calls;
    }

    /** Reads the words of these calls. Whoever asks has made sure that the calls may be seen. */
    static QuoteReader of(Handle handle, Collection<CallId> calls) {
        Map<CallId, Words> read = new HashMap<>();
        if (!calls.isEmpty()) {
            handle.createQuery("""
                            SELECT c.id, c.chorus_url, q.quotes FROM chorus_calls c
                            JOIN chorus_call_facts f ON f.call_id = c.id AND f.content_hash = c.content_hash
                            JOIN chorus_call_quotes q ON q.call_id = c.id WHERE c.id = ANY (:calls)
                            """)
                    .bind("calls", calls.stream().map(CallId::value).distinct().toArray(UUID[]::new))
                    .map((row, context) -> Map.entry(
                            new CallId(row.getObject("id", UUID.class)),
                            new Words(row.getString("chorus_url"), Json.read(row.getString("quotes"), Quotes.class))))
                    .forEach(entry -> read.put(entry.getKey(), entry.getValue()));
        }
        return new QuoteReader(read);
    }

    Quotes of(CallId call) {
        Words words = calls.get(call);
        return words == null ? Quotes.NONE : words.quotes();
    }

    Evidence evidence(CallId call, Quote quote) {
        Words words = calls.get(call);
        String url = words == null ? null : words.url();
        Long startMs = quote.startMs();
        return new Evidence(
                call, startMs, quote.speaker(), quote.text(), startMs == null ? url : Call.deepLink(url, startMs));
    }

    /** The first words of each, so many in all; what was not read, or is not said any more, is left out. */
    List<Evidence> evidence(List<? extends Ref> refs, int most) {
        return refs.stream()
                .flatMap(ref -> quotes(ref).stream().limit(1).map(quote -> evidence(ref.call(), quote)))
                .distinct()
                .limit(most)
                .toList();
    }

    private List<Quote> quotes(Ref ref) {
        return switch (ref) {
            case Ref.ByCue cued -> {
                List<Quote> said = of(cued.call()).of(cued.cue());
                yield cued.cue() == Cue.NEXT_STEP ? said : theirs(said);
            }
            case Ref.ByItem promised ->
                of(promised.call()).of(Cue.NEXT_STEP).stream()
                        .filter(quote -> promised.item().equals(quote.item()))
                        .toList();
            case Ref.ByTracker tracked -> theirs(of(tracked.call()).of(tracked.tracker()));
        };
    }

    static List<Quote> theirs(List<Quote> quotes) {
        return quotes.stream().filter(quote -> quote.side() == Side.EXTERNAL).toList();
    }
}
