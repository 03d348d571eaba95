package ai.cscx.chorus.sync;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast Chorus may be asked: a token bucket whose rate is learned, as TCP learns its window (RFC 5681). Until Chorus
 * says 429 for the first time each answer makes it faster; from then on it grows by a constant step a minute, back to
 * where it was refused within two minutes, and shrinks by a factor at each refusal: by half while it is far too fast, by
 * a tenth once it has settled. Publishes no limit, so starts low. A value; time is passed in.
 *
 * @param perMinute requests a minute
 * @param tokens requests that may be sent at once
 * @param notBefore nothing is sent before: Chorus said so
 * @param slowedAt when it was last refused; null = never
 * @param stepPerMinute by how much the rate grows a minute since then
 * @param servedSinceSlowed answers since then
 * @param listsFirstUntil until then a list waits for tokens, and details stand back
 * @param requests answered or refused, ever
 * @param refusals 429 answers, ever
 */
record Pace(
        double perMinute,
        double tokens,
        Instant refilledAt,
        Instant notBefore,
        @Nullable Instant slowedAt,
        double stepPerMinute,
        long servedSinceSlowed,
        Instant listsFirstUntil,
        long requests,
        long refusals) {
    /** Tokens that pile up at most, however slow it is; with more speed, those of half a second. */
    static final int BURST = 10;

    /** Fewer tokens than this do not last until more have come: a call takes up to three. */
    private static final double SCARCE = 5;

    private static final double SLOWEST = 1;
    /** Faster than anything that one connection serves: 200 a second. */
    private static final double FASTEST = 12_000;
    /** What each answer adds while Chorus has never refused. */
    private static final double SLOW_START_GAIN = 60;

    private static final double FAR_TOO_FAST = 0.5;
    private static final double A_LITTLE_TOO_FAST = 0.9;
    /** So many answers between two refusals: the rate is about right. */
    private static final long SETTLED_AFTER = 5;

    private static final double SMALLEST_STEP = 0.5;
    private static final double MINUTES_TO_COME_BACK = 2;
    private static final double MINUTE = 60_000;

    static Pace starting(double perMinute, Instant now) {
        return new Pace(perMinute, BURST, now, now, null, 0, 0, now, 0, 0);
    }

    /**
     * What was asked for.
     *
     * @param granted 0 if not even one may be sent
     * @param pause until it is worth asking again; zero if something was granted
     */
    record Taken(Pace pace, int granted, Duration pause) {}

    /**
     * Takes up to {@code wanted} tokens, in multiples of {@code unit}.
     *
     * @param list a list goes before details
     */
    Taken take(int wanted, int unit, boolean list, Instant now) {
        Pace filled = refilled(now);
        if (now.isBefore(notBefore)) {
            return new Taken(filled.listWaiting(list, notBefore), 0, Duration.between(now, notBefore));
        }
        if (!list && now.isBefore(listsFirstUntil)) {
            return new Taken(filled, 0, Duration.between(now, listsFirstUntil));
        }
        int units = Math.min(wanted / unit, (int) (filled.tokens / unit));
        if (units > 0) {
            int granted = units * unit;
            return new Taken(filled.withTokens(filled.tokens - granted).listServed(list, now), granted, Duration.ZERO);
        }
        Duration wait = Duration.ofMillis((long) Math.ceil((unit - filled.tokens) * MINUTE / perMinute));
        return new Taken(filled.listWaiting(list, now.plus(wait)), 0, wait);
    }

    /** Tokens that were taken and not used. */
    Pace returned(int unused) {
        return withTokens(Math.min(tokens + unused, capacity()));
    }

    Pace served(int answers, Instant now) {
        double faster = slowedAt == null ? Math.min(FASTEST, perMinute + SLOW_START_GAIN * answers) : perMinute;
        Pace filled = refilled(now);
        return new Pace(
                Math.max(faster, filled.perMinute),
                filled.tokens,
                filled.refilledAt,
                notBefore,
                slowedAt,
                stepPerMinute,
                servedSinceSlowed + answers,
                listsFirstUntil,
                requests + answers,
                refusals);
    }

    /**
     * Chorus said 429.
     *
     * @param sentAt when the request was sent; requests of before the last refusal tell nothing new
     */
    Pace refused(Instant sentAt, Duration retryAfter, Instant now) {
        Instant until = now.plus(retryAfter);
        Instant wait = until.isAfter(notBefore) ? until : notBefore;
        if (slowedAt != null && !sentAt.isAfter(slowedAt)) {
            return new Pace(
                    perMinute,
                    tokens,
                    refilledAt,
                    wait,
                    slowedAt,
                    stepPerMinute,
                    servedSinceSlowed,
                    listsFirstUntil,
                    requests + 1,
                    refusals + 1);
        }
        boolean settled = slowedAt != null && servedSinceSlowed >= SETTLED_AFTER;
        double slower = Math.max(SLOWEST, perMinute * (settled ? A_LITTLE_TOO_FAST : FAR_TOO_FAST));
        double step = Math.max(SMALLEST_STEP, (perMinute - slower) / MINUTES_TO_COME_BACK);
        // One token for the moment that Chorus named.
        return new Pace(slower, 1, wait, wait, now, step, 0, listsFirstUntil, requests + 1, refusals + 1);
    }

    /** Whether the learned limit is what requests wait for: Chorus has refused some, and the bucket is empty. */
    boolean slowing(Instant now) {
        return slowedAt != null && (now.isBefore(notBefore) || refilled(now).tokens < SCARCE);
    }

    private Pace refilled(Instant now) {
        double minutes = Math.max(0, Duration.between(refilledAt, now).toMillis() / MINUTE);
        if (minutes == 0) {
            return this;
        }
        double faster = slowedAt == null ? perMinute : Math.min(FASTEST, perMinute + stepPerMinute * minutes);
        double filled = Math.min(capacity(), tokens + perMinute * minutes);
        return new Pace(
                faster,
                filled,
                now,
                notBefore,
                slowedAt,
                stepPerMinute,
                servedSinceSlowed,
                listsFirstUntil,
                requests,
                refusals);
    }

    private double capacity() {
        return Math.max(BURST, perMinute / 120);
    }

    private Pace withTokens(double left) {
        return new Pace(
                perMinute,
                left,
                refilledAt,
                notBefore,
                slowedAt,
                stepPerMinute,
                servedSinceSlowed,
                listsFirstUntil,
                requests,
                refusals);
    }

    /** Details stand back until a list that found nothing can ask again, and a moment longer. */
    private Pace listWaiting(boolean list, Instant until) {
        return list ? withListsFirst(until.plusSeconds(2)) : this;
    }

    private Pace listServed(boolean list, Instant now) {
        return list ? withListsFirst(now) : this;
    }

    private Pace withListsFirst(Instant until) {
        return new Pace(
                perMinute,
                tokens,
                refilledAt,
                notBefore,
                slowedAt,
                stepPerMinute,
                servedSinceSlowed,
                until,
                requests,
                refusals);
    }
}
