package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Query.BadValue;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v3/engagements}: pages of 100, newest first, both ends of the window included. Without {@code min_date} it
 * is the 30 days before {@code max_date}, or before the anchor.
 */
final class EngagementList {
    static final int PAGE = 100;

    private static final Duration DEFAULT_WINDOW = Duration.ofDays(30);

    private final World world;
    private final Pages pages;

    EngagementList(World world, Pages pages) {
        this.world = world;
        this.pages = pages;
    }

    /** The ways in which a list says that it is over. */
    enum LastPage {
        KEY_ABSENT,
        KEY_NULL,
        KEY_BLANK,
        EMPTY_PAGE_FOLLOWS;

        /** The same window always ends the same way. */
        static LastPage of(Window window) {
            long hash = Dice.mix(window.from().getEpochSecond(), window.to().getEpochSecond());
            return values()[Math.floorMod(hash, values().length)];
        }
    }

    record Window(Instant from, Instant to) {
        boolean holds(Instant instant) {
            return !instant.isBefore(from) && !instant.isAfter(to);
        }
    }

    Reply page(Query query) throws BadValue {
        Window window = window(query);
        String askedKey = query.text("continuation_key");
        List<SimulatedCall> found = found(query, window, askedKey);
        boolean more = found.size() > PAGE;
        List<SimulatedCall> page = more ? found.subList(0, PAGE) : found;
        boolean trackers = query.flag("with_trackers");
        LastPage ending = LastPage.of(window);
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartObject();
            if (more) {
                json.writeStringField("continuation_key", key(page.getLast()));
            } else {
                ending(json, ending, page, askedKey);
            }
            json.writeArrayFieldStart("engagements");
            for (SimulatedCall call : page) {
                json.writeRawValue(pages.raw(trackers ? Sheet.ROW_WITH_TRACKERS : Sheet.ROW, call));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void ending(JsonGenerator json, LastPage ending, List<SimulatedCall> page, @Nullable String askedKey)
            throws IOException {
        switch (ending) {
            case KEY_ABSENT -> {}
            case KEY_NULL -> json.writeNullField("continuation_key");
            case KEY_BLANK -> json.writeStringField("continuation_key", " ");
            case EMPTY_PAGE_FOLLOWS -> {
                String key = page.isEmpty() ? askedKey : key(page.getLast());
                if (key != null) {
                    json.writeStringField("continuation_key", key);
                }
            }
        }
    }

    Window window(Query query) throws BadValue {
        Instant min = query.instant("min_date");
        Instant max = query.instant("max_date");
        if (min == null && !query.list("engagement_id").isEmpty()) {
            min = world.anchor().minus(Diary.YEAR);
        }
        Instant until = max == null ? world.anchor() : max;
        return new Window(min == null ? until.minus(DEFAULT_WINDOW) : min, until);
    }

    /** The page and, if there is one, the first call of the next. */
    private List<SimulatedCall> found(Query query, Window window, @Nullable String askedKey) throws BadValue {
        List<String> ids = query.list("engagement_id");
        List<String> users = query.list("user_id");
        String type = query.text("engagement_type");
        String email = query.text("participants_email");
        Double shortest = query.number("min_duration");
        Double longest = query.number("max_duration");
        Predicate<SimulatedCall> wanted = call -> call.isListed()
                && (ids.isEmpty() || ids.contains(call.id()))
                && (users.isEmpty() || users.contains(String.valueOf(Wire.userId(call))))
                && (type == null || type.equals(Wire.engagementType(call)))
                && (shortest == null || call.durationSeconds() >= shortest)
                && (longest == null || call.durationSeconds() <= longest)
                && (email == null || call.participants().stream().anyMatch(p -> email.equalsIgnoreCase(p.email())));
        List<SimulatedCall> calls = world.inReach();
        int first = Search.firstAt(calls, call -> !call.startedAt().isAfter(window.to()));
        int next = askedKey == null ? first : Math.max(first, after(calls, askedKey));
        var found = new ArrayList<SimulatedCall>(PAGE + 1);
        for (int at = next; at < calls.size() && found.size() <= PAGE; at++) {
            SimulatedCall call = calls.get(at);
            if (call.startedAt().isBefore(window.from())) {
                break;
            }
            if (wanted.test(call)) {
                found.add(call);
            }
        }
        return found;
    }

    /** Where the list goes on after the row that the key names; ties in time are settled by id. */
    private static int after(List<SimulatedCall> calls, String key) throws BadValue {
        int space = key.indexOf(' ');
        try {
            long second = (long) Double.parseDouble(space < 0 ? key : key.substring(0, space));
            String id = space < 0 ? "" : key.substring(space + 1);
            return Search.firstAt(calls, call -> isAfter(call, second, id));
        } catch (NumberFormatException wrong) {
            throw new BadValue("continuation_key", "Value is not a continuation key.", wrong);
        }
    }

    private static boolean isAfter(SimulatedCall call, long second, String id) {
        long start = call.startedAt().getEpochSecond();
        return start < second || (start == second && call.id().compareTo(id) < 0);
    }

    private static String key(SimulatedCall call) {
        return call.startedAt().getEpochSecond() + ".0 " + call.id();
    }
}
