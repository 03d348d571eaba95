package ai.cscx.chorus.agent;

import ai.cscx.chorus.base.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What language models are told, read from files once at the start. A file begins with its version:
 *
 * <pre>
 * ---
 * version: 1
 * ---
 * </pre>
 *
 * @param version of the assistant's prompt, as answers name it
 * @param assistant how to answer; {@code {{today}}} stands for the asker's date
 */
public record Prompts(String version, String assistant) {
    /** All that a model answers to a message that is none of its business. */
    static final String REFUSE = "REFUSE";
    /** All that a model answers when asked what it can do. */
    static final String HELP = "HELP";

    private static final String FILE = "assistant.md";
    private static final Pattern FRONT_MATTER = Pattern.compile(
            "\\A---\\R(?:[^\\n]*\\R)*?version:[ \\t]*([\\w.-]+)[ \\t]*\\R(?:[^\\n]*\\R)*?---\\R(.*)\\z",
            Pattern.DOTALL);

    /**
     * Reads the prompts from their directory.
     *
     * @throws Failure.Rejected if one is missing, blank or has no version; the message names the file
     */
    public static Prompts read(Path directory) {
        Path file = directory.resolve(FILE);
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException unreadable) {
            throw new Failure.Rejected(
                    "The prompt " + file.toAbsolutePath()
                            + " cannot be read; put the folder prompts beside the program or set its path.",
                    unreadable);
        }
        Matcher matcher = FRONT_MATTER.matcher(text);
        if (!matcher.matches() || matcher.group(2).isBlank()) {
            throw new Failure.Rejected(
                    "The prompt " + file.toAbsolutePath() + " needs front matter with a version, and a text after it.");
        }
        return new Prompts(matcher.group(1), matcher.group(2).strip());
    }

    String system(LocalDate today) {
        return assistant.replace(
                "{{today}}",
                today + ", a "
                        + today.getDayOfWeek()
                                .getDisplayName(java.time.format.TextStyle.FULL, java.util.Locale.ENGLISH));
    }
}
