package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Query.BadValue;
import ai.cscx.chorus.simulator.SimulatedCall.Kind;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v3/engagements}: pages of 100, newest first, both ends of the window included. Without {@code min_date} it
 * is the 30 days before {@code max_date}, or before the anchor.
 */
final class EngagementList {
    static final int PAGE = 100;

    private static final Duration DEFAULT_WINDOW = Duration.ofDays(30);

    private final World world;

    EngagementList(World world) {
        this.world = world;
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
        List<SimulatedCall> found = found(query, window);
        String askedKey = query.text("continuation_key");
        int start = askedKey == null ? 0 : after(found, askedKey);
        List<SimulatedCall> page = found.subList(start, Math.min(start + PAGE, found.size()));
        boolean more = start + page.size() < found.size();
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
                engagement(json, call, trackers);
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

    private Window window(Query query) throws BadValue {
        Instant min = query.instant("min_date");
        Instant max = query.instant("max_date");
        if (min == null && !query.list("engagement_id").isEmpty()) {
            min = world.anchor().minus(Diary.YEAR);
        }
        Instant until = max == null ? world.anchor() : max;
        return new Window(min == null ? until.minus(DEFAULT_WINDOW) : min, until);
    }

    private List<SimulatedCall> found(Query query, Window window) throws BadValue {
        List<String> ids = query.list("engagement_id");
        List<String> users = query.list("user_id");
        String type = query.text("engagement_type");
        String email = query.text("participants_email");
        Double shortest = query.number("min_duration");
        Double longest = query.number("max_duration");
        return world.listed().stream()
                .filter(call -> window.holds(call.startedAt()))
                .filter(call -> ids.isEmpty() || ids.contains(call.id()))
                .filter(call -> users.isEmpty() || users.contains(String.valueOf(Wire.userId(call))))
                .filter(call -> type == null || type.equals(Wire.engagementType(call)))
                .filter(call -> shortest == null || call.durationSeconds() >= shortest)
                .filter(call -> longest == null || call.durationSeconds() <= longest)
                .filter(call ->
                        email == null || call.participants().stream().anyMatch(p -> email.equalsIgnoreCase(p.email())))
                .toList();
    }

    /** Where the list goes on after the row that the key names; ties in time are settled by id. */
    private static int after(List<SimulatedCall> found, String key) throws BadValue {
        int space = key.indexOf(' ');
        try {
            long second = (long) Double.parseDouble(space < 0 ? key : key.substring(0, space));
            String id = space < 0 ? "" : key.substring(space + 1);
            int at = 0;
            while (at < found.size() && !isAfter(found.get(at), second, id)) {
                at++;
            }
            return at;
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

    private void engagement(JsonGenerator json, SimulatedCall call, boolean trackers) throws IOException {
        boolean noShow = call.state() == SimulatedCall.State.NO_SHOW;
        var dice = call.dice("engagement");
        json.writeStartObject();
        json.writeStringField("engagement_id", call.id());
        json.writeStringField("engagement_type", Wire.engagementType(call));
        json.writeStringField("subject", call.title());
        json.writeNumberField("date_time", call.startedAt().getEpochSecond());
        json.writeNumberField("duration", call.durationSeconds());
        json.writeStringField(
                "processing_state", call.state() == SimulatedCall.State.PROCESSING ? "processing" : "done");
        json.writeBooleanField("no_show", noShow);
        json.writeNumberField("user_id", Wire.userId(call));
        json.writeStringField("user_name", call.owner().name());
        json.writeStringField("user_email", call.owner().email());
        account(json, call, dice);
        if (noShow) {
            if (dice.chance(0.5)) {
                json.writeNullField("participants");
            } else {
                json.writeArrayFieldStart("participants");
                json.writeEndArray();
            }
            json.writeEndObject();
            return;
        }
        extras(json, call, dice);
        json.writeArrayFieldStart("participants");
        for (Participant person : call.participants()) {
            json.writeStartObject();
            Wire.person(json, person);
            json.writeEndObject();
        }
        json.writeEndArray();
        words(json, call, dice, trackers);
        json.writeEndObject();
    }

    private static void account(JsonGenerator json, SimulatedCall call, Dice dice) throws IOException {
        var account = call.account();
        if (account != null && call.knowsCrmId()) {
            json.writeStringField("account_id", account.crmId());
            json.writeStringField("account_name", account.name());
        } else if (call.state() == SimulatedCall.State.NO_SHOW || dice.chance(0.3)) {
            json.writeNullField("account_id");
            json.writeNullField("account_name");
        } else {
            json.writeStringField("account_id", "");
            json.writeStringField("account_name", call.owner().name() + " Meetings");
        }
    }

    private static void extras(JsonGenerator json, SimulatedCall call, Dice dice) throws IOException {
        json.writeStringField("url", "https://chorus.ai/meeting/" + call.id());
        if (dice.chance(0.9)) {
            json.writeStringField("language", "en");
        } else if (dice.chance(0.5)) {
            json.writeNullField("language");
        }
        if (dice.chance(0.85)) {
            json.writeStringField("compliance", dice.chance(0.97) ? "compliant" : "non-compliant");
        }
        if (dice.chance(0.7)) {
            json.writeStringField("initiator", call.owner().email());
        }
        String deal = Wire.dealId(call);
        if (deal != null) {
            json.writeStringField("opportunity_id", deal);
            json.writeStringField("opportunity_name", Wire.dealName(call));
        } else if (dice.chance(0.6)) {
            json.writeStringField("opportunity_id", "");
            json.writeStringField("opportunity_name", "");
        }
        boolean dialer = Wire.engagementType(call).equals("dialer");
        json.writeBooleanField("disposition_connected", dialer);
        json.writeBooleanField("disposition_gatekeeper", false);
        json.writeBooleanField("disposition_tree", false);
        json.writeBooleanField("disposition_voicemail", false);
    }

    private static void words(JsonGenerator json, SimulatedCall call, Dice dice, boolean trackers) throws IOException {
        Script script = call.script();
        json.writeNumberField("num_cust_questions", Wire.questions(script, Side.EXTERNAL));
        json.writeNumberField("num_engaging_questions", Wire.questions(script, Side.INTERNAL));
        if (trackers) {
            json.writeArrayFieldStart("tracker_matches");
            for (var tracker : Wire.byTracker(script).entrySet()) {
                json.writeStartObject();
                json.writeStringField("name", tracker.getKey());
                json.writeStringField("type", "chorus");
                json.writeNumberField("num_matches", tracker.getValue().size());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (call.state() == SimulatedCall.State.PROCESSING) {
            json.writeNullField("meeting_summary");
            return;
        }
        if (dice.chance(0.94) || call.kind() == Kind.INTERNAL) {
            json.writeStringField("meeting_summary", script.summary());
        }
        if (dice.chance(0.95)) {
            Wire.actionItems(json, script);
        } else if (dice.chance(0.5)) {
            json.writeNullField("action_items");
        }
    }
}
