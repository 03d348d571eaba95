package ai.cscx.chorus.upstream;

import ai.cscx.chorus.upstream.Answers.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requirement document's API: days instead of instants, pages of 100, oldest first; detail, transcript and trackers
 * are three requests. A list ends with {@code has_more: false}, without a cursor, or with an empty page.
 */
final class CallsClient implements ChorusClient {
    private static final int PAGE = 100;
    private static final int NOT_READY = 202;

    private final ChorusHttp http;

    CallsClient(ChorusHttp http) {
        this.http = http;
    }

    @Override
    public Dialect dialect() {
        return Dialect.CALLS;
    }

    /** This dialect names nobody: the list of a day long ago shows whether the credential serves. */
    @Override
    public String account() throws ChorusException {
        Instant longAgo = Instant.parse("2000-01-01T00:00:00Z");
        read(longAgo, longAgo.plusSeconds(1), null);
        return "unnamed";
    }

    @Override
    public ListPage page(Instant from, Instant until, @Nullable String next) throws ChorusException {
        CallsApi.Page wire = read(from, until, next);
        LocalDate first = day(from);
        LocalDate last = lastDay(until);
        List<Listed> calls = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (JsonNode element : wire.calls() == null ? List.<JsonNode>of() : wire.calls()) {
            sort(element, calls, unreadable);
        }
        for (Listed call : calls) {
            LocalDate day = day(call.startedAt());
            if (day.isBefore(first) || day.isAfter(last)) {
                throw new ChorusException.Broken("The list holds a call outside the window that was asked for", null);
            }
        }
        CallsApi.Pagination pagination = wire.pagination();
        String cursor =
                pagination == null || Boolean.FALSE.equals(pagination.hasMore()) ? null : pagination.nextCursor();
        return new ListPage(calls, unreadable, cursor == null || cursor.isBlank() ? null : cursor);
    }

    private CallsApi.Page read(Instant from, Instant until, @Nullable String next) throws ChorusException {
        StringBuilder path = new StringBuilder("/api/v1/calls?start_date=")
                .append(day(from))
                .append("&end_date=")
                .append(lastDay(until))
                .append("&limit=")
                .append(PAGE);
        if (next != null) {
            path.append("&cursor=").append(ChorusHttp.encoded(next));
        }
        ChorusHttp.Answer answer = http.get(path.toString());
        if (answer.status() != 200) {
            throw new ChorusException.Broken(
                    "There is no list of calls at this base URL (" + answer.status() + ")", null);
        }
        CallsApi.Page wire = Wire.read(answer.body(), CallsApi.Page.class);
        if (wire.calls() == null) {
            throw new ChorusException.Broken("The answer to a list request holds no list", null);
        }
        return wire;
    }

    @Override
    public Fetched fetch(String id) throws ChorusException {
        String path = "/api/v1/calls/" + ChorusHttp.encoded(id);
        ChorusHttp.Answer detail = http.get(path);
        if (detail.status() == 404) {
            return new Fetched.Gone(1);
        }
        CallsApi.Call call = Wire.read(detail.body(), CallsApi.Call.class);
        if (!id.equals(call.id())) {
            throw new ChorusException.Broken("The detail is of another call than the one asked for", null);
        }
        Map<Part, byte[]> parts = new EnumMap<>(Part.class);
        parts.put(Part.DETAIL, detail.body());
        if (Boolean.TRUE.equals(call.isPrivate())) {
            return new Fetched.Found(new Answers(parts), true, true, 1);
        }
        ChorusHttp.Answer transcript = http.get(path + "/transcript");
        if (transcript.status() == 404) {
            return new Fetched.Gone(2);
        }
        boolean ready = transcript.status() != NOT_READY;
        if (ready) {
            CallsApi.Transcript said = Wire.read(transcript.body(), CallsApi.Transcript.class);
            if (said.segments() == null) {
                throw new ChorusException.Broken("The answer to a transcript request holds no segments", null);
            }
            if (said.callId() != null && !id.equals(said.callId())) {
                throw new ChorusException.Broken("The transcript is of another call than the one asked for", null);
            }
            parts.put(Part.TRANSCRIPT, transcript.body());
        }
        ChorusHttp.Answer trackers = http.get(path + "/trackers");
        if (trackers.status() == 404) {
            return new Fetched.Gone(3);
        }
        CallsApi.Trackers hits = Wire.read(trackers.body(), CallsApi.Trackers.class);
        if (hits.trackers() == null) {
            throw new ChorusException.Broken("The answer to a tracker request holds no trackers", null);
        }
        if (hits.callId() != null && !id.equals(hits.callId())) {
            throw new ChorusException.Broken("The trackers are of another call than the one asked for", null);
        }
        parts.put(Part.TRACKERS, trackers.body());
        return new Fetched.Found(new Answers(parts), false, ready, 3);
    }

    @Override
    public @Nullable Webhooks webhooks() {
        return null;
    }

    /** The last day that holds an instant before {@code until}. */
    private static LocalDate lastDay(Instant until) {
        return day(until.minus(Duration.ofNanos(1)));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static void sort(JsonNode element, List<Listed> calls, List<Unreadable> unreadable) {
        byte[] raw = Wire.bytes(element);
        String id = element.path("id").asText("").strip();
        if (id.isBlank()) {
            unreadable.add(new Unreadable(null, "A list element has no id", raw));
            return;
        }
        try {
            CallsApi.Call call = Wire.read(element, CallsApi.Call.class);
            Instant startedAt =
                    OffsetDateTime.parse(String.valueOf(call.startTime())).toInstant();
            calls.add(new Listed(id, true, startedAt, Boolean.TRUE.equals(call.isPrivate()), raw));
        } catch (DateTimeException unreadableDate) {
            unreadable.add(new Unreadable(id, "A list element has no start_time that can be read", raw));
        } catch (ChorusException.Broken wrong) {
            unreadable.add(new Unreadable(id, String.valueOf(wrong.getMessage()), raw));
        } catch (ChorusException impossible) {
            throw new IllegalStateException("Nothing was sent", impossible);
        }
    }
}
