package ai.cscx.chorus.upstream;

import java.net.URI;
import java.time.Clock;

/** Makes clients. */
public final class ChorusClients {
    private ChorusClients() {}

    /** A client over a shared transport, which it does not close. */
    public static ChorusClient open(
            Dialect dialect, HttpTransport transport, URI baseUrl, Authorization authorization, Clock clock) {
        ChorusHttp http = new ChorusHttp(transport, baseUrl, authorization, clock);
        return switch (dialect) {
            case ENGAGEMENTS -> new EngagementsClient(http);
            case CALLS -> new CallsClient(http);
        };
    }
}
