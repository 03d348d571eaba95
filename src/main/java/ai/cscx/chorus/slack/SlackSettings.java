package ai.cscx.chorus.slack;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How Slack is reached. {@link #toString} holds no secrets.
 *
 * @param signingSecret what Slack signs with; null = its requests are not taken
 * @param botToken null = nothing is sent anywhere
 * @param apiUrl instead of Slack's own address, up to and without the name of a method; null = Slack's own
 */
public record SlackSettings(
        @Nullable String signingSecret,
        @Nullable String botToken,
        @Nullable URI apiUrl) {
    public static final SlackSettings OFF = new SlackSettings(null, null, null);

    @Override
    public String toString() {
        return "SlackSettings[signed=" + (signingSecret != null) + ", sends=" + (botToken != null) + "]";
    }
}
