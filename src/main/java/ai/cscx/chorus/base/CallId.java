package ai.cscx.chorus.base;

import java.util.UUID;

/** Identity of a call in our database; Chorus's own id is the call's external id. */
public record CallId(UUID value) {
    /**
     * Reads the usual text form of a UUID.
     *
     * @throws Failure.NotFound if the text is no UUID: an id that cannot exist is an id that does not exist
     */
    public static CallId parse(String text) {
        return new CallId(Uuids.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
