package ai.cscx.chorus;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Clock;
import org.slf4j.LoggerFactory;

/**
 * The product as {@link Main} starts it, but for one thing: with servers of somebody else it talks to a Chorus on this
 * machine, too. With {@code -Dcscx.logRequests=true} it writes down what it sends. Stopped by a kill only.
 */
public final class MainBesideSimulator {
    private MainBesideSimulator() {}

    public static void main(String[] args) throws InterruptedException {
        if (Boolean.getBoolean("cscx.logRequests")
                && LoggerFactory.getLogger("org.apache.hc.client5.http.headers") instanceof Logger headers) {
            headers.setLevel(Level.DEBUG);
        }
        new Application(Config.read(System.getenv()), Clock.systemUTC(), 1, true).start();
        Thread.currentThread().join();
    }
}
