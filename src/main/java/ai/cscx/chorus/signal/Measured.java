package ai.cscx.chorus.signal;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an indicator says of a customer on a day. Words are made when they are asked for: most days of a trend never are. */
final class Measured {
    private final @Nullable Double amount;
    private final Supplier<String> why;
    private final Supplier<? extends List<? extends Ref>> evidence;

    private Measured(@Nullable Double amount, Supplier<String> why, Supplier<? extends List<? extends Ref>> evidence) {
        this.amount = amount;
        this.why = why;
        this.evidence = evidence;
    }

    static Measured unknown(String why) {
        return new Measured(null, () -> why, List::of);
    }

    static Measured of(double amount, Supplier<String> why) {
        return new Measured(amount, why, List::of);
    }

    static Measured of(double amount, Supplier<String> why, Supplier<? extends List<? extends Ref>> evidence) {
        return new Measured(amount, why, evidence);
    }

    /** In the indicator's unit, not negative; null if it cannot be known. */
    @Nullable
    Double amount() {
        return amount;
    }

    /** In words: what was counted, or why it cannot be known. */
    String why() {
        return why.get();
    }

    /** Where the words are, the most telling first. */
    List<Ref> evidence() {
        return List.copyOf(evidence.get());
    }
}
