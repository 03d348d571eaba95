package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Script.ActionItem;
import ai.cscx.chorus.simulator.Script.Mention;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What list and detail say alike. */
final class Wire {
    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]+");

    private Wire() {}

    static int userId(SimulatedCall call) {
        return 4_101 + call.world().roster().team().indexOf(call.owner());
    }

    static String engagementType(SimulatedCall call) {
        boolean byPhone = call.state() != SimulatedCall.State.NO_SHOW && call.durationSeconds() < 1800;
        return byPhone && call.dice("type").chance(0.1) ? "dialer" : "meeting";
    }

    /** Chorus's own number of an account. */
    static int accountNumber(Account account) {
        return 700_000 + Math.floorMod(Dice.hash(account.key()), 99_999);
    }

    static String trackerId(String name) {
        return "trk_" + NO_LETTERS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("_");
    }

    static @Nullable String dealId(SimulatedCall call) {
        Account account = call.account();
        if (account == null || !call.knowsCrmId() || !call.dice("deal").chance(0.35)) {
            return null;
        }
        return "0065g00000" + account.key().toUpperCase(Locale.ROOT) + "RENEW";
    }

    static String dealName(SimulatedCall call) {
        Account account = call.account();
        return account == null ? "" : account.spokenName() + " renewal";
    }

    static void person(JsonGenerator json, Participant person) throws IOException {
        json.writeNumberField("person_id", person.personId());
        Integer userId = person.userId();
        if (userId == null) {
            json.writeNullField("user_id");
        } else {
            json.writeNumberField("user_id", userId);
        }
        json.writeStringField("name", person.name());
        json.writeStringField("email", person.email());
        json.writeStringField("title", person.title());
        json.writeStringField("company_name", person.company());
        json.writeStringField(
                "type",
                switch (person.side()) {
                    case INTERNAL -> "rep";
                    case EXTERNAL -> "prospect";
                    case UNKNOWN -> "unknown";
                });
    }

    static void actionItems(JsonGenerator json, Script script) throws IOException {
        json.writeArrayFieldStart("action_items");
        for (ActionItem item : script.actionItems()) {
            json.writeString(item.text());
        }
        json.writeEndArray();
    }

    static long questions(Script script, Side side) {
        return script.utterances().stream()
                .filter(u -> u.side() == side && u.text().contains("?"))
                .count();
    }

    /** Mentions under the name of their tracker, in the order of names. */
    static Map<String, List<Mention>> byTracker(Script script) {
        var byTracker = new TreeMap<String, List<Mention>>();
        for (Mention mention : script.mentions()) {
            byTracker
                    .computeIfAbsent(mention.tracker(), fresh -> new ArrayList<>())
                    .add(mention);
        }
        return byTracker;
    }
}
