package ai.cscx.chorus.chaos;

import java.util.ArrayList;
import java.util.List;

/** The promises that were found broken. Safe for use by many threads. */
final class Findings {
    private final List<String> breaches = new ArrayList<>();

    synchronized void broken(Promise promise, String what) {
        breaches.add(promise + " (" + promise.words() + "): " + what);
    }

    synchronized List<String> breaches() {
        return breaches.stream().sorted().toList();
    }
}
