package ai.cscx.chorus;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.sync.SyncStatus;
import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far the newest sync is: the first one as a bar if somebody watches at a terminal, every other as a line
 * whenever that changed. Run again and again, by one thread.
 */
final class SyncReport implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncReport.class);
    private static final int WIDTH = 100;

    private final Supplier<@Nullable SyncStatus> newest;
    private final boolean terminal;
    private String lastLine = "";
    private @Nullable ProgressBar bar;
    private volatile @Nullable Long secondsLeft;

    /**
     * @param terminal whether a bar can be drawn
     */
    SyncReport(Supplier<@Nullable SyncStatus> newest, boolean terminal) {
        this.newest = newest;
        this.terminal = terminal;
    }

    /** Whether standard output is a terminal. */
    static boolean atTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    @Override
    public void run() {
        try {
            SyncStatus sync = newest.get();
            if (sync != null && sync.seen() > 0) {
                show(sync);
            }
        } catch (Failure.Unavailable away) {
            LOG.debug("No progress to report: {}", away.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private synchronized void show(SyncStatus sync) {
        boolean running = sync.finishedAt() == null;
        if (terminal && running && sync.cause().equals("backfill")) {
            draw(sync);
            return;
        }
        close();
        String line = describe(sync);
        if (!line.equals(lastLine)) {
            LOG.info("{}", line);
        }
        lastLine = line;
    }

    private void draw(SyncStatus sync) {
        if (bar == null) {
            bar = ProgressBar.builder()
                    .setTaskName("First sync")
                    .setUnit(" calls", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setMaxRenderedLength(WIDTH)
                    .setEtaFunction(state -> Optional.ofNullable(secondsLeft).map(Duration::ofSeconds))
                    .build();
        }
        secondsLeft = sync.etaSeconds();
        bar.maxHint(sync.seen());
        bar.stepTo(sync.seen() - sync.remaining());
    }

    private static String describe(SyncStatus sync) {
        if (sync.finishedAt() != null) {
            return "Sync " + sync.state() + ": " + sync.stored() + " calls stored, " + sync.unchanged() + " unchanged, "
                    + sync.failed() + " failed";
        }
        String left = sync.etaSeconds() == null ? "" : ", about " + sync.etaSeconds() + " s left";
        return "Sync: " + (sync.seen() - sync.remaining()) + " of " + sync.seen() + " calls done" + left;
    }
}
