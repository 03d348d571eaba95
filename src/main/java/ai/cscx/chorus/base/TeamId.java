package ai.cscx.chorus.base;

import java.util.UUID;

/** Identity of a team; a leader sees the customers that the members of their team own. */
public record TeamId(UUID value) {
    /**
     * Reads the usual text form of a UUID.
     *
     * @throws Failure.NotFound if the text is no UUID: an id that cannot exist is an id that does not exist
     */
    public static TeamId parse(String text) {
        return new TeamId(Uuids.parse(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
