package ai.cscx.chorus;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Strings that programs stumble over: the Big List of Naughty Strings (Max Woolf, MIT, {@code naughty/LICENSE}) and what a
 * search stumbles over: wildcards, operators, depth, length, expressions, emoji, scripts from right to left.
 */
public final class NaughtyStrings {
    private NaughtyStrings() {}

    public static List<String> all() {
        try (InputStream in = Objects.requireNonNull(NaughtyStrings.class.getResourceAsStream("/naughty/blns.json"))) {
            List<String> strings =
                    new ArrayList<>(new ObjectMapper().readValue(in, new TypeReference<List<String>>() {}));
            strings.addAll(ofSearches());
            return strings;
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static List<String> ofSearches() {
        String words = IntStream.range(0, 250).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        return List.of(
                "*",
                "*a*b*c*",
                "?".repeat(100),
                "a*".repeat(400),
                "/(a+)+$/",
                "/.*.*.*.*.*x/",
                "discount~2 price~2 renewal~2",
                "(" + "(a OR b) AND ".repeat(60) + "c)",
                "NOT ".repeat(200) + "a",
                "(".repeat(1_000),
                "\"".repeat(999),
                "-".repeat(1_000),
                "\"a b\" ".repeat(160),
                "-a ".repeat(330),
                words,
                "the of and to a in that it is was for on are as with his they at",
                "e ".repeat(500),
                "x".repeat(10_000),
                "discount ".repeat(1_111),
                "\ud83d\ude00".repeat(400),
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\u0645\u0631\u062d\u0628\u0627 \u062e\u0635\u0645",
                "\u202e\u2066\u2069discount",
                "\u05e9\u05dc\u05d5\u05dd \"\u05d4\u05e0\u05d7\u05d4\" -\u05de\u05d7\u05d9\u05e8");
    }
}
