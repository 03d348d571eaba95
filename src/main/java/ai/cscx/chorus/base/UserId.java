package ai.cscx.chorus.base;

import java.util.UUID;

/** Identity of a person who may sign in, own customers and be assigned tasks. */
public record UserId(UUID value) {
    /**
     * Reads the usual text form of a UUID.
     *
     * @throws Failure.NotFound if the text is no UUID: an id that cannot exist is an id that does not exist
     */
    public static UserId parse(String text) {
        return new UserId(Uuids.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
