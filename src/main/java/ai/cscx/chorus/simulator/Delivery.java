package ai.cscx.chorus.simulator;

/** How an answer travels. */
sealed interface Delivery {
    Delivery WHOLE = new Whole();

    record Whole() implements Delivery {}

    record ResetBeforeHeaders() implements Delivery {}

    record ResetInBody() implements Delivery {}

    /** The connection ends before the promised length is reached. */
    record Short() implements Delivery {}

    /** A byte a second for so long, then the rest. */
    record Dribble(int seconds) implements Delivery {}

    /** So many blanks in front. */
    record Padded(int megabytes) implements Delivery {}

    /** Nothing but blanks, packed. */
    record Bomb(int megabytes) implements Delivery {}
}
