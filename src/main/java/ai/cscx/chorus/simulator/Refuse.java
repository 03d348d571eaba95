package ai.cscx.chorus.simulator;

/** Checks shared by the records of this package. */
final class Refuse {
    private Refuse() {}

    static void blank(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank.");
        }
    }
}
