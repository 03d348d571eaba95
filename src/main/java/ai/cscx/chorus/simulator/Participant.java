package ai.cscx.chorus.simulator;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who was in a call.
 *
 * @param personId the same person has the same number in every call
 * @param userId set for our own team only
 */
public record Participant(
        int personId,
        @Nullable Integer userId,
        String name,
        @Nullable String email,
        @Nullable String title,
        @Nullable String company,
        Side side) {
    public Participant {
        Refuse.blank(name, "name");
    }

    String firstName() {
        int space = name.indexOf(' ');
        return side == Side.UNKNOWN || space < 0 ? name : name.substring(0, space);
    }
}
