package ai.cscx.chorus.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Answers as a fault wants them. */
final class Mischief {
    private static final int WAIT_SECONDS = 2;
    private static final int DRIBBLE_SECONDS = 60;
    private static final int HUGE_MEGABYTES = 50;
    private static final int BOMB_MEGABYTES = 512;
    private static final String ENGAGEMENTS_KEY = "continuation_key";
    private static final String CALLS_KEY = "cursor";
    /** RFC 9110, 5.6.7: two digits for the day, unlike the formatter that Java brings. */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String LOGIN =
            "<!doctype html><html><head><title>Sign in</title></head><body><form>Sign in</form></body></html>";

    private final World world;
    private final Clock clock;
    private final AtomicLong keys = new AtomicLong();

    Mischief(World world, Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    /** Answers a request in earnest. */
    @FunctionalInterface
    interface Server {
        Reply reply(Asked asked, Query query);
    }

    static boolean keyed(Query query) {
        return query.text(ENGAGEMENTS_KEY) != null || query.text(CALLS_KEY) != null;
    }

    Reply reply(Fault fault, Asked asked, Query query, Server server) {
        ErrorStyle style = asked.style();
        return switch (fault.kind()) {
            case RATE_LIMIT_SECONDS ->
                style.tooMany().with("Retry-After", String.valueOf(fault.secondsOr(WAIT_SECONDS)));
            case RATE_LIMIT_DATE -> style.tooMany().with("Retry-After", date(fault.secondsOr(WAIT_SECONDS)));
            case RATE_LIMIT_BARE -> style.tooMany();
            case STATUS_500 -> style.refusal(500, "Something went wrong.", null);
            case STATUS_502 -> style.refusal(502, "Something went wrong.", null);
            case STATUS_503 -> style.refusal(503, "Something went wrong.", null);
            case RESET_BEFORE_HEADERS -> server.reply(asked, query).by(new Delivery.ResetBeforeHeaders());
            case RESET_IN_BODY -> server.reply(asked, query).by(new Delivery.ResetInBody());
            case SHORT_BODY -> server.reply(asked, query).by(new Delivery.Short());
            case DRIBBLE -> server.reply(asked, query).by(new Delivery.Dribble(fault.secondsOr(DRIBBLE_SECONDS)));
            case HUGE_BODY -> server.reply(asked, query).by(new Delivery.Padded(fault.megabytesOr(HUGE_MEGABYTES)));
            case GZIP_BOMB -> server.reply(asked, query).by(new Delivery.Bomb(fault.megabytesOr(BOMB_MEGABYTES)));
            case TRUNCATED_JSON -> {
                Reply whole = server.reply(asked, query);
                yield whole.saying(Arrays.copyOf(whole.body(), whole.body().length / 2));
            }
            case MALFORMED_JSON -> {
                Reply whole = server.reply(asked, query);
                yield whole.saying("{,," + new String(whole.body(), StandardCharsets.UTF_8));
            }
            case LOGIN_PAGE -> new Reply(200, "text/html; charset=utf-8", LOGIN.getBytes(StandardCharsets.UTF_8));
            case ERROR_BODY -> {
                Reply error = style.refusal(500, "Something went wrong.", null);
                yield new Reply(200, error.contentType(), error.body());
            }
            case EXPIRED_CURSOR ->
                style.refusal(400, "The key has expired.", style == ErrorStyle.CALLS ? CALLS_KEY : ENGAGEMENTS_KEY);
            case REPEATED_PAGE -> server.reply(asked, withoutKey(query));
            case ENDLESS_KEY -> {
                long next = keys.incrementAndGet();
                yield Spoiler.withKey(
                        server.reply(asked, query),
                        "99999999999.0 " + next,
                        new CallList.Mark(0, String.valueOf(next)).cursor());
            }
            case ANOTHER_ID -> server.reply(another(asked), query);
            case OUTSIDE_WINDOW -> Spoiler.spoiled(server.reply(asked, query), Spoiler::outsideWindow);
            case WITHOUT_ID -> Spoiler.spoiled(server.reply(asked, query), Spoiler::withoutId);
            case WRONG_TYPES -> Spoiler.spoiled(server.reply(asked, query), Spoiler::wrongTypes);
            case UNKNOWN_WORDS -> Spoiler.spoiled(server.reply(asked, query), Spoiler::words);
            case UNKNOWN_FIELDS -> Spoiler.spoiled(server.reply(asked, query), Spoiler::fields);
        };
    }

    private String date(int seconds) {
        return HTTP_DATE.format(clock.instant().plusSeconds(seconds).plusMillis(999));
    }

    private static Query withoutKey(Query query) {
        var values = new HashMap<>(query.values());
        values.remove(ENGAGEMENTS_KEY);
        values.remove(CALLS_KEY);
        return new Query(values);
    }

    /** The same question about the listed call that follows. */
    private Asked another(Asked asked) {
        List<SimulatedCall> calls = world.listed();
        for (int at = 0; at < calls.size(); at++) {
            if (calls.get(at).id().equals(asked.callId())) {
                return new Asked(
                        asked.kind(), calls.get((at + 1) % calls.size()).id(), asked.style());
            }
        }
        return asked;
    }
}
