package ai.cscx.chorus.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Chorus was asked and how it answered, in the order of the answers; the last half a million of them. */
final class RequestLog {
    private static final int KEPT = 500_000;

    private final Clock clock;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long first;

    RequestLog(Clock clock) {
        this.clock = clock;
    }

    private record Entry(
            long at,
            long answeredAt,
            RequestKind kind,
            @Nullable String callId,
            int status,
            long retryAfterSeconds,
            Fault.@Nullable Kind fault) {}

    Instant now() {
        return clock.instant();
    }

    synchronized void add(Instant at, Asked asked, Reply reply, @Nullable Fault fault) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
            first++;
        }
        boolean silent = reply.delivery() instanceof Delivery.ResetBeforeHeaders;
        entries.addLast(new Entry(
                at.toEpochMilli(),
                now().toEpochMilli(),
                asked.kind(),
                asked.callId(),
                silent ? 0 : reply.status(),
                wait(reply.headers().get("Retry-After")),
                fault == null ? null : fault.kind()));
    }

    /** One JSON object a line, from this index on. */
    Reply lines(long since) {
        List<Entry> kept;
        long index;
        synchronized (this) {
            long skipped = Math.clamp(since - first, 0, entries.size());
            kept = entries.stream().skip(skipped).toList();
            index = first + skipped;
        }
        var text = new StringBuilder();
        for (Entry entry : kept) {
            text.append("{\"index\":").append(index++);
            text.append(",\"at\":").append(entry.at());
            text.append(",\"answeredAt\":").append(entry.answeredAt());
            text.append(",\"kind\":\"").append(entry.kind().word());
            text.append("\",\"callId\":").append(quoted(entry.callId()));
            text.append(",\"status\":").append(entry.status());
            text.append(",\"retryAfterSeconds\":")
                    .append(entry.retryAfterSeconds() < 0 ? "null" : entry.retryAfterSeconds());
            text.append(",\"fault\":")
                    .append(
                            entry.fault() == null
                                    ? "null"
                                    : quoted(entry.fault().word()));
            text.append("}\n");
        }
        return new Reply(200, "application/x-ndjson", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(@Nullable String text) {
        return text == null
                ? "null"
                : new String(Reply.written(json -> json.writeString(text)), StandardCharsets.UTF_8);
    }

    /** What the header asks for, -1 if there is none. */
    private long wait(@Nullable String header) {
        if (header == null) {
            return -1;
        }
        try {
            return Long.parseLong(header);
        } catch (NumberFormatException date) {
            return until(header);
        }
    }

    private long until(String date) {
        try {
            Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Math.max(0, Math.ceilDiv(then.toEpochMilli() - now().toEpochMilli(), 1000L));
        } catch (DateTimeParseException unreadable) {
            return -1;
        }
    }
}
