package ai.cscx.chorus.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What happens in a run, as its seed has it.
 *
 * @param kills how often the product is killed
 * @param changes how often the world changes while the product looks at it
 * @param lasts within which time all of it happens
 */
record ChaosPlan(long seed, int calls, int kills, int changes, Duration lasts) {
    /** Length of every call. */
    static final int MINUTES = 2;

    /** With so few calls faults must be likelier to strike at all. */
    private static final int SMALL = 200;

    private static final List<String> ALL = List.of(
            "rate-limit-seconds",
            "rate-limit-date",
            "rate-limit-bare",
            "status-500",
            "status-502",
            "status-503",
            "reset-before-headers",
            "reset-in-body",
            "truncated-json",
            "short-body",
            "malformed-json",
            "login-page",
            "error-body",
            "dribble",
            "huge-body",
            "gzip-bomb",
            "wrong-types",
            "unknown-words",
            "unknown-fields");
    private static final List<String> OF_LISTS =
            List.of("repeated-page", "endless-key", "expired-cursor", "outside-window", "without-id");
    private static final List<String> OF_CALLS = List.of("another-id");

    /** One that suits this many calls. */
    static ChaosPlan of(long seed, int calls, int kills) {
        return new ChaosPlan(
                seed,
                calls,
                kills,
                Math.max(8, calls / 50),
                Duration.ofMillis(kills == 0 ? 1500 + 8L * calls : 3000 + 10L * calls));
    }

    /** Every other seed. */
    String dialect() {
        return seed % 2 == 0 ? "engagements" : "calls";
    }

    SplittableRandom random(String purpose) {
        return new SplittableRandom(seed * 31 + purpose.hashCode());
    }

    /** Some of every family, so that a few runs meet every kind. */
    List<Map<String, Object>> faults() {
        SplittableRandom random = random("faults");
        List<Map<String, Object>> faults = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            faults.add(fault(ALL.get((int) Math.floorMod(seed * 5 + i, (long) ALL.size())), "any", random));
        }
        for (int i = 0; i < 3; i++) {
            faults.add(fault(ALL.get(random.nextInt(ALL.size())), random.nextBoolean() ? "detail" : "list", random));
        }
        faults.add(fault(OF_LISTS.get((int) Math.floorMod(seed, (long) OF_LISTS.size())), "list", random));
        faults.add(fault(OF_LISTS.get(random.nextInt(OF_LISTS.size())), "list", random));
        faults.add(fault(OF_CALLS.get(random.nextInt(OF_CALLS.size())), "detail", random));
        return faults;
    }

    /** Requests that Chorus serves a minute, for every fourth seed; 0 = as many as come. */
    int limit() {
        return seed % 4 == 3 ? random("limit").nextInt(1500, 4000) : 0;
    }

    /** Those that take time or teach the product to go slowly strike a few times, the others again and again. */
    private Map<String, Object> fault(String kind, String target, SplittableRandom random) {
        return switch (kind) {
            case "rate-limit-seconds", "rate-limit-date" ->
                Map.of("kind", kind, "target", target, "times", 1, "seconds", random.nextInt(1, 4));
            case "dribble" ->
                Map.of(
                        "kind",
                        kind,
                        "target",
                        target,
                        "times",
                        1 + random.nextInt(2),
                        "seconds",
                        1 + random.nextInt(3));
            case "huge-body" ->
                Map.of("kind", kind, "target", target, "times", 1, "megabytes", random.nextBoolean() ? 3 : 70);
            case "gzip-bomb" -> Map.of("kind", kind, "target", target, "times", 1, "megabytes", 200);
            case "rate-limit-bare", "repeated-page", "endless-key", "expired-cursor", "outside-window", "without-id" ->
                Map.of("kind", kind, "target", target, "times", 1 + random.nextInt(2));
            default ->
                target.equals("list")
                        ? Map.of("kind", kind, "target", target, "times", 1 + random.nextInt(2))
                        : Map.of(
                                "kind",
                                kind,
                                "target",
                                target,
                                "probability",
                                random.nextInt(5, 30) / 1000.0 * (calls <= SMALL ? 5 : 1),
                                "seed",
                                random.nextInt(1_000_000));
        };
    }
}
