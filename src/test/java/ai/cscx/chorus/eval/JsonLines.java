package ai.cscx.chorus.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files with a JSON object a line. */
final class JsonLines {
    private static final String ENDING = ".jsonl";

    private JsonLines() {}

    /**
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    static <T> List<T> read(ObjectMapper json, Path file, Class<T> type) throws IOException {
        List<T> all = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                all.add(json.readValue(line, type));
            } catch (JsonProcessingException unreadable) {
                throw new IllegalArgumentException(
                        "Line " + number + " of " + file + " is not as it should be: "
                                + unreadable.getOriginalMessage(),
                        unreadable);
            }
        }
        return List.copyOf(all);
    }

    /** The file's name without its ending. */
    static String name(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
