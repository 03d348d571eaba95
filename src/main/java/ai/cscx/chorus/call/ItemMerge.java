package ai.cscx.chorus.call;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which of a call's items as they are listed now are which of those that are here: Chorus makes them anew now and
 * then, in other words, in another order, under other ids. Each is at most one of the others. Pure.
 */
final class ItemMerge {
    /** Share of the telling words that two texts have in common from which on they are taken for one item. */
    private static final double ALIKE = 0.4;

    /** Less is enough where the source's id, or the second in the recording, says the same. */
    private static final double ALIKE_BESIDES = 0.15;

    private static final long SAME_PLACE_MS = 2_000;
    private static final int STEM = 5;

    private static final Set<String> COMMON = Set.of(
            "the", "a", "an", "to", "of", "for", "and", "or", "in", "on", "at", "by", "with", "from", "will", "is",
            "be", "should", "needs", "must", "shall", "we", "us", "our", "you", "your", "they", "them", "their", "it",
            "this", "that", "i", "ll", "s");

    private final List<Kept> kept;
    private final List<NewActionItem> listed;
    private final Map<String, Integer> frequency = new HashMap<>();
    private final Map<NewActionItem, Kept> same = new LinkedHashMap<>();
    private final Set<Kept> taken = new HashSet<>();

    /** An item that is here. */
    record Kept(
            UUID id,
            String key,
            String text,
            @Nullable String owner,
            @Nullable Long startMs) {}

    private record Pair(Kept old, NewActionItem now, double alike) {}

    private ItemMerge(List<Kept> kept, List<NewActionItem> listed) {
        this.kept = kept;
        this.listed = listed;
        kept.forEach(item -> words(item.text()).forEach(word -> frequency.merge(word, 1, Integer::sum)));
    }

    /** What each listed item was; one that was nothing before is absent. */
    static Map<NewActionItem, Kept> of(List<Kept> kept, List<NewActionItem> listed) {
        ItemMerge merge = new ItemMerge(kept, listed);
        merge.take(
                (old, now) -> old.key().equals(now.key()) && plain(old.text()).equals(plain(now.text())));
        merge.take((old, now) -> plain(old.text()).equals(plain(now.text())));
        merge.takeAlike();
        return merge.same;
    }

    private void take(BiPredicate<Kept, NewActionItem> fits) {
        for (NewActionItem now : listed) {
            if (same.containsKey(now)) {
                continue;
            }
            kept.stream()
                    .filter(old -> !taken.contains(old) && fits.test(old, now))
                    .findFirst()
                    .ifPresent(old -> note(old, now));
        }
    }

    /** The most alike first. */
    private void takeAlike() {
        List<Pair> pairs = new ArrayList<>();
        for (Kept old : kept) {
            for (NewActionItem now : listed) {
                if (taken.contains(old) || same.containsKey(now) || otherOwner(old, now)) {
                    continue;
                }
                double alike = alike(old.text(), now.text());
                boolean besides = old.key().equals(now.key()) || samePlace(old, now);
                if (alike >= (besides ? ALIKE_BESIDES : ALIKE)) {
                    pairs.add(new Pair(old, now, besides ? alike + ALIKE : alike));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::alike).reversed());
        for (Pair pair : pairs) {
            if (!taken.contains(pair.old) && !same.containsKey(pair.now)) {
                note(pair.old, pair.now);
            }
        }
    }

    private void note(Kept old, NewActionItem now) {
        taken.add(old);
        same.put(now, old);
    }

    private static boolean otherOwner(Kept old, NewActionItem now) {
        return old.owner() != null && now.ownerName() != null && !old.owner().equalsIgnoreCase(now.ownerName());
    }

    private static boolean samePlace(Kept old, NewActionItem now) {
        return old.startMs() != null
                && now.startMs() != null
                && Math.abs(old.startMs() - now.startMs()) <= SAME_PLACE_MS;
    }

    /** Dice's coefficient of the words, each weighing less the more items of the call have it. */
    private double alike(String left, String right) {
        Set<String> one = words(left);
        Set<String> other = words(right);
        double all = weight(one) + weight(other);
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return all == 0 ? 0 : 2 * weight(common) / all;
    }

    private double weight(Set<String> words) {
        double sum = 0;
        for (String word : words) {
            sum += 1.0 / Math.max(1, frequency.getOrDefault(word, 1));
        }
        return sum;
    }

    /** Without endings: "sending" is "send" as far as we care. */
    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String word : plain(text).split(" ")) {
            if (!word.isEmpty() && !COMMON.contains(word)) {
                words.add(word.length() <= STEM ? word : word.substring(0, STEM));
            }
        }
        return words;
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
