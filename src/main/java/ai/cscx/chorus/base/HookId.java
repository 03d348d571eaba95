package ai.cscx.chorus.base;

import java.util.UUID;

/** Identity of an outbound hook. */
public record HookId(UUID value) {
    /**
     * Reads the usual text form of a UUID.
     *
     * @throws Failure.NotFound if the text is no UUID: an id that cannot exist is an id that does not exist
     */
    public static HookId parse(String text) {
        return new HookId(Uuids.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
