package ai.cscx.chorus.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/** Looks names up for the client, which connects to nothing else. */
record CheckedAddresses(Destinations destinations, ExecutorService lookups, Duration patience) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        Future<InetAddress[]> lookup = lookups.submit(() -> destinations.addresses(host));
        try {
            return lookup.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException("A name cannot be looked up", failed);
        } catch (TimeoutException slow) {
            lookup.cancel(true);
            throw new UnknownHostException("Looking the host up took too long");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("Stopped");
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
