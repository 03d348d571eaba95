package ai.cscx.chorus.agent;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads a message without a language model: the same message always reads the same. Thread-safe. */
final class Understanding {
    /**
     * @param previous what the turn before set, null in a fresh conversation
     * @param today the date in the asker's time zone
     */
    Reading read(String text, Roster roster, @Nullable Frame previous, LocalDate today) {
        return new Reading.Unsure(null);
    }
}
