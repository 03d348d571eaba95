package ai.cscx.chorus.base;

import java.util.UUID;

/** Identity of an alert. */
public record AlertId(UUID value) {
    /**
     * Reads the usual text form of a UUID.
     *
     * @throws Failure.NotFound if the text is no UUID: an id that cannot exist is an id that does not exist
     */
    public static AlertId parse(String text) {
        return new AlertId(Uuids.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
