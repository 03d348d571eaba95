package ai.cscx.chorus.upstream;

import java.net.URI;
import java.time.Clock;

/** Makes clients. */
public final class ChorusClients {
    private ChorusClients() {}

    /** Where Chorus is and how to sign in there. {@link #toString} leaves the key out. */
    public record Credentials(URI baseUrl, HeaderStyle headerStyle, String apiKey) {
        @Override
        public String toString() {
            return "Credentials[" + baseUrl.getHost() + ", " + headerStyle.word() + "]";
        }
    }

    public static ChorusClient open(Dialect dialect, Credentials credentials, Clock clock) {
        ChorusHttp http = new ChorusHttp(credentials.baseUrl(), credentials.headerStyle(), credentials.apiKey(), clock);
        return switch (dialect) {
            case ENGAGEMENTS -> new EngagementsClient(http);
            case CALLS -> new CallsClient(http);
        };
    }
}
