package ai.cscx.chorus.signal;

import java.util.Locale;

/** What tells trackers apart: the name, without regard to case and blanks. */
final class TrackerKey {
    private TrackerKey() {}

    static String of(String name) {
        return name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
