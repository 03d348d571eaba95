package ai.cscx.chorus.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the evaluation of the chat asks.
 *
 * @param calls how many the simulated Chorus holds
 */
record ChatOptions(List<Path> commands, List<Path> dates, int calls, int heapMegabytes) {
    static final String COMMANDS = "eval.commands";
    static final String DATES = "eval.dates";
    private static final String CALLS = "eval.calls";
    private static final String HEAP = "eval.heap";
    private static final Path OWN = Path.of("src", "test", "resources", "eval");
    private static final int STANDARD_CALLS = 600;
    private static final int STANDARD_HEAP = 768;

    ChatOptions {
        commands = List.copyOf(commands);
        dates = List.copyOf(dates);
    }

    /**
     * The files that are named; without any, the project's own.
     *
     * @param property of this name; "" if it is not set
     * @throws IllegalArgumentException with a message for whoever typed it
     */
    static ChatOptions read(UnaryOperator<String> property) {
        List<Path> commands = files(property, COMMANDS);
        List<Path> dates = files(property, DATES);
        if (commands.isEmpty() && dates.isEmpty()) {
            commands = List.of(OWN.resolve("commands-own.jsonl"));
            dates = List.of(OWN.resolve("dates-own.jsonl"));
        }
        return new ChatOptions(
                commands, dates, number(property, CALLS, STANDARD_CALLS), number(property, HEAP, STANDARD_HEAP));
    }

    private static List<Path> files(UnaryOperator<String> property, String name) {
        List<Path> files = new ArrayList<>();
        for (String file : Arrays.asList(property.apply(name).split(","))) {
            if (file.isBlank()) {
                continue;
            }
            Path path = Path.of(file.strip());
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException(
                        "There is no file %s, named by -D%s. Nothing was evaluated; leave both -D%s and -D%s out for the project's own sets."
                                .formatted(path.toAbsolutePath(), name, COMMANDS, DATES));
            }
            files.add(path);
        }
        return files;
    }

    private static int number(UnaryOperator<String> property, String name, int standard) {
        String value = property.apply(name);
        try {
            return value.isBlank() ? standard : Integer.parseInt(value.strip());
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("-D" + name + " wants a number.", noNumber);
        }
    }
}
