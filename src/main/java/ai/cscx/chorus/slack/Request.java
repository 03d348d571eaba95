package ai.cscx.chorus.slack;

import ai.cscx.chorus.base.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came from Slack, as it is kept.
 *
 * @param receivedAt real time
 * @param person who asked, in CSCX, once that is known
 * @param conversation with the assistant, once there is one
 * @param askedAt when the assistant was asked, by the product's clock; null: not yet
 * @param message the turn that answers it; null: not yet
 */
record Request(
        long id,
        Kind kind,
        String team,
        String channel,
        String thread,
        @Nullable String replyTo,
        String slackUser,
        String body,
        @Nullable String responseUrl,
        Instant receivedAt,
        boolean waiting,
        @Nullable UserId person,
        @Nullable UUID conversation,
        @Nullable Instant askedAt,
        @Nullable UUID message) {

    @Override
    public String toString() {
        return "Request[" + id + ", " + kind + "]";
    }
}
