package ai.cscx.chorus.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Chance that falls the same way every time: all of it follows from a seed and what the dice are thrown for. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed, String purpose) {
        this.random = new SplittableRandom(mix(seed, hash(purpose)));
    }

    /** Finaliser of SplitMix64 over both words: neighbouring inputs give unrelated outputs. */
    static long mix(long left, long right) {
        long z = left + 0x9E3779B97F4A7C15L * (right + 1);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** FNV-1a, 64 bits. */
    static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    double fraction() {
        return random.nextDouble();
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T pick(List<T> options) {
        return options.get(random.nextInt(options.size()));
    }

    <T> List<T> shuffled(List<T> items) {
        var copy = new ArrayList<>(items);
        for (int i = copy.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T held = copy.get(i);
            copy.set(i, copy.get(j));
            copy.set(j, held);
        }
        return copy;
    }
}
