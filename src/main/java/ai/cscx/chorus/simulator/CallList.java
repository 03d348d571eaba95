package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Query.BadValue;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/calls}: oldest first, days in UTC with both ends included. Private calls are listed and marked;
 * deleted ones are gone.
 */
final class CallList {
    static final int LONGEST_PAGE = 100;

    private static final int PAGE = 50;

    private final World world;
    private final Pages pages;

    CallList(World world, Pages pages) {
        this.world = world;
        this.pages = pages;
    }

    /** The ways in which a list says that it is over; each has to be enough by itself. */
    enum LastPage {
        HAS_MORE_FALSE,
        CURSOR_ABSENT,
        CURSOR_NULL,
        CURSOR_BLANK,
        EMPTY_PAGE_FOLLOWS;

        /** The same days always end the same way. */
        static LastPage of(LocalDate start, LocalDate end) {
            long hash = Dice.mix(start.toEpochDay(), end.toEpochDay());
            return values()[Math.floorMod(hash, values().length)];
        }
    }

    /** Where a page begins: after this call. */
    record Mark(long second, String id) {
        static Mark of(SimulatedCall call) {
            return new Mark(call.startedAt().getEpochSecond(), call.id());
        }

        String cursor() {
            return Base64.getEncoder().encodeToString((second + ":" + id).getBytes(StandardCharsets.UTF_8));
        }

        static Mark parse(String cursor) throws BadValue {
            try {
                String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                return new Mark(Long.parseLong(text.substring(0, Math.max(0, colon))), text.substring(colon + 1));
            } catch (IllegalArgumentException wrong) {
                throw new BadValue("cursor", "This is not a cursor, or it has expired.", wrong);
            }
        }

        boolean isBefore(SimulatedCall call) {
            long start = call.startedAt().getEpochSecond();
            return second < start || (second == start && id.compareTo(call.id()) < 0);
        }
    }

    Reply page(Query query) throws BadValue {
        LocalDate start = day(query, "start_date");
        LocalDate end = day(query, "end_date");
        int limit = limit(query);
        String asked = query.text("cursor");
        List<SimulatedCall> found = found(start, end, asked == null ? null : Mark.parse(asked), limit);
        boolean more = found.size() > limit;
        List<SimulatedCall> page = more ? found.subList(0, limit) : found;
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("calls");
            for (SimulatedCall call : page) {
                json.writeRawValue(pages.raw(Sheet.ELEMENT, call));
            }
            json.writeEndArray();
            json.writeObjectFieldStart("pagination");
            String last = page.isEmpty() ? asked : Mark.of(page.getLast()).cursor();
            if (more) {
                json.writeStringField("next_cursor", last);
                json.writeBooleanField("has_more", true);
            } else {
                ending(json, LastPage.of(start, end), last);
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void ending(JsonGenerator json, LastPage ending, @Nullable String last) throws IOException {
        switch (ending) {
            case CURSOR_ABSENT -> {}
            case CURSOR_NULL -> json.writeNullField("next_cursor");
            case CURSOR_BLANK -> json.writeStringField("next_cursor", "");
            case HAS_MORE_FALSE, EMPTY_PAGE_FOLLOWS -> json.writeStringField("next_cursor", last);
        }
        json.writeBooleanField(
                "has_more",
                switch (ending) {
                    case HAS_MORE_FALSE, CURSOR_ABSENT -> false;
                    case CURSOR_NULL, CURSOR_BLANK, EMPTY_PAGE_FOLLOWS -> true;
                });
    }

    /** The page and, if there is one, the first call of the next. */
    private List<SimulatedCall> found(LocalDate start, LocalDate end, @Nullable Mark after, int limit) {
        List<SimulatedCall> calls = world.inReach().reversed();
        Instant from = start.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant until = end.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        int at = Search.firstAt(
                calls, call -> !call.startedAt().isBefore(from) && (after == null || after.isBefore(call)));
        var found = new ArrayList<SimulatedCall>(limit + 1);
        while (at < calls.size() && found.size() <= limit) {
            SimulatedCall call = calls.get(at);
            if (!call.startedAt().isBefore(until)) {
                break;
            }
            if (!call.isDeleted()) {
                found.add(call);
            }
            at++;
        }
        return found;
    }

    private static LocalDate day(Query query, String name) throws BadValue {
        String value = query.text(name);
        if (value == null) {
            throw new BadValue(name, "A day as YYYY-MM-DD is required.", null);
        }
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException wrong) {
            throw new BadValue(name, "Value is not a day as YYYY-MM-DD.", wrong);
        }
    }

    private static int limit(Query query) throws BadValue {
        String value = query.text("limit");
        if (value == null) {
            return PAGE;
        }
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= LONGEST_PAGE) {
                return limit;
            }
        } catch (NumberFormatException wrong) {
            throw new BadValue("limit", "Value is not a number.", wrong);
        }
        throw new BadValue("limit", "Value must lie between 1 and 100.", null);
    }
}
