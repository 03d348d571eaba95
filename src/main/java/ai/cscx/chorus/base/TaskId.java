package ai.cscx.chorus.base;

import java.util.UUID;

/** Identity of a CSCX task (row of {@code tasks}). */
public record TaskId(UUID value) {
    /**
     * Reads the usual text form of a UUID.
     *
     * @throws Failure.NotFound if the text is no UUID: an id that cannot exist is an id that does not exist
     */
    public static TaskId parse(String text) {
        return new TaskId(Uuids.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
