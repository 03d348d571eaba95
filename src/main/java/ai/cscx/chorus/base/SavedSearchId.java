package ai.cscx.chorus.base;

import java.util.UUID;

/** Identity of a saved search. */
public record SavedSearchId(UUID value) {
    /**
     * Reads the usual text form of a UUID.
     *
     * @throws Failure.NotFound if the text is no UUID: an id that cannot exist is an id that does not exist
     */
    public static SavedSearchId parse(String text) {
        return new SavedSearchId(Uuids.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
