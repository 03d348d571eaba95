package ai.cscx.chorus;

import ai.cscx.chorus.base.Failure;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts CSCX Chorus and stops it on SIGTERM and Ctrl-C. Exit code 1: it could not start, and one line says why. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) {
        Config config;
        try {
            config = Config.read(System.getenv());
        } catch (Failure.Rejected wrong) {
            wrong.problems().forEach(problem -> LOG.error("{} {}", problem.pointer(), problem.detail()));
            System.exit(1);
            return;
        }
        Application application = new Application(config, Clock.systemUTC(), Integer.getInteger("calls", 600));
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stop = new Thread(
                () -> {
                    application.close();
                    stopped.countDown();
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        if (Boolean.getBoolean("cscx.stopWithParent")) {
            ProcessHandle.current().parent().ifPresent(Main::stopWith);
        }
        try {
            application.start();
        } catch (Failure cannotStart) {
            LOG.error("Cannot start: {}", cannotStart.getMessage());
            System.exit(1);
        } catch (RuntimeException defect) {
            LOG.error("Cannot start, and that is a defect of ours", defect);
            System.exit(1);
        }
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stopWith(ProcessHandle parent) {
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            parent.onExit().join();
            LOG.info("Stopping, since what started this has ended");
            System.exit(0);
        });
    }
}
