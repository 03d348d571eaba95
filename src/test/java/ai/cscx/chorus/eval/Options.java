package ai.cscx.chorus.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to evaluate.
 *
 * @param set where the data set is
 * @param data where the product keeps its data; what is there is used instead of syncing; null = a new folder, deleted
 *     at the end
 * @param modes of the search, in the order of the table
 * @param name what the rows and run files are called, before the mode
 * @param waitForVectors until every call is found by meaning, too
 * @param keep the product stays up
 */
record Options(
        Path set,
        @Nullable Path data,
        List<String> modes,
        String name,
        int limit,
        boolean waitForVectors,
        boolean keep,
        int heapMegabytes) {
    static final String SET = "transcript.search";
    static final String USAGE = """
            The evaluation of the search wants the folder of its data set (meetings.jsonl.gz, queries.jsonl, passages.tsv):
              mvn -Peval verify -Dtranscript.search=DIR ["-Deval=data=DIR modes=lexical,semantic,hybrid name=NAME limit=30 keep heap=768"]""";

    Options {
        modes = List.copyOf(modes);
    }

    /**
     * @throws IllegalArgumentException with a message for whoever typed it
     */
    static Options read(String set, List<String> arguments) {
        if (set.isBlank()) {
            throw new IllegalArgumentException(USAGE);
        }
        Path data = null;
        List<String> modes = List.of("lexical", "semantic", "hybrid");
        String name = "";
        int limit = 30;
        int heap = 768;
        boolean keep = false;
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            switch (argument.substring(0, argument.length() - value.length())) {
                case "data=" -> data = Path.of(value).toAbsolutePath();
                case "modes=" -> modes = Arrays.asList(value.split(","));
                case "name=" -> name = value;
                case "limit=" -> limit = Integer.parseInt(value);
                case "heap=" -> heap = Integer.parseInt(value);
                default -> {
                    keep |= argument.equals("keep");
                    if (!argument.equals("keep")) {
                        throw new IllegalArgumentException("Unknown option " + argument + "\n" + USAGE);
                    }
                }
            }
        }
        return new Options(Path.of(set), data, modes, name, limit, !modes.equals(List.of("lexical")), keep, heap);
    }

    /** The arguments, then those of the property {@code eval}, which Maven passes on. */
    static List<String> words(String[] arguments, String property) {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        for (String word : property.split("\\s+")) {
            if (!word.isBlank()) {
                words.add(word);
            }
        }
        return words;
    }

    String run(String mode) {
        return name.isEmpty() ? mode : name + "-" + mode;
    }
}
