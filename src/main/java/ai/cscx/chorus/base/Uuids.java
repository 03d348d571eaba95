package ai.cscx.chorus.base;

import java.util.UUID;

/** Strict reading of UUIDs; {@link UUID#fromString} also takes shortened forms. */
final class Uuids {
    private static final int LENGTH = 36;

    private Uuids() {}

    static UUID parse(String text) {
        if (text.length() != LENGTH) {
            throw new Failure.NotFound("There is nothing with this id; ids are UUIDs as the lists return them.");
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            throw new Failure.NotFound(
                    "There is nothing with this id; ids are UUIDs as the lists return them.", notAnId);
        }
    }
}
