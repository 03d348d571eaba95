package ai.cscx.chorus.upstream;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Chorus answered about one call, byte for byte, by part; parts that were not asked for are absent. */
public record Answers(Map<Part, byte[]> parts) {
    public Answers {
        Map<Part, byte[]> copy = new EnumMap<>(Part.class);
        copy.putAll(parts);
        parts = Collections.unmodifiableMap(copy);
    }

    /** Where an answer comes from. */
    public enum Part {
        /** The call's element of the list. */
        LIST,
        DETAIL,
        /** Only where the dialect has it apart from the detail. */
        TRANSCRIPT,
        /** Only where the dialect has them apart from the detail. */
        TRACKERS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Answers listed(byte[] element) {
        return new Answers(Map.of(Part.LIST, element));
    }

    public byte @Nullable [] part(Part part) {
        return parts.get(part);
    }

    /** These and one more; without a list element where that is null. */
    public Answers withList(byte @Nullable [] element) {
        if (element == null) {
            return this;
        }
        Map<Part, byte[]> more = new EnumMap<>(Part.class);
        more.putAll(parts);
        more.put(Part.LIST, element);
        return new Answers(more);
    }

    @Override
    public String toString() {
        return "Answers" + parts.keySet();
    }
}
