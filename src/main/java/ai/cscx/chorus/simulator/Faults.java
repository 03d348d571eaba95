package ai.cscx.chorus.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The faults that are to come. Where several could hit a request, the one that was added first does. Safe for use by
 * many threads.
 */
public final class Faults {
    private final List<Active> active = new ArrayList<>();

    /**
     * A fault as it stands.
     *
     * @param looked how many requests it could have hit
     * @param struck how many it did hit
     */
    public record Active(Fault fault, int looked, int struck) {
        boolean over() {
            return fault.when() instanceof Fault.Times times && struck >= times.times();
        }

        boolean strikes() {
            return switch (fault.when()) {
                case Fault.Times times -> struck < times.times();
                case Fault.Chance chance ->
                    new Dice(Dice.mix(chance.seed(), looked), "fault").chance(chance.probability());
            };
        }
    }

    Faults() {}

    public synchronized void add(Fault fault) {
        active.add(new Active(fault, 0, 0));
    }

    /** Those that can still strike, in the order in which they were added. */
    public synchronized List<Active> active() {
        return List.copyOf(active);
    }

    public synchronized void clear() {
        active.clear();
    }

    /** The fault that hits this request; null for none. */
    synchronized @Nullable Fault strike(Asked asked, boolean keyed) {
        for (int at = 0; at < active.size(); at++) {
            Active next = active.get(at);
            Fault fault = next.fault();
            boolean meant = fault.callId() == null || fault.callId().equals(asked.callId());
            if (meant && fault.target().covers(asked.kind()) && fault.kind().suits(asked.kind(), keyed)) {
                boolean struck = next.strikes();
                Active after = new Active(fault, next.looked() + 1, next.struck() + (struck ? 1 : 0));
                if (after.over()) {
                    active.remove(at);
                } else {
                    active.set(at, after);
                }
                if (struck) {
                    return fault;
                }
            }
        }
        return null;
    }
}
