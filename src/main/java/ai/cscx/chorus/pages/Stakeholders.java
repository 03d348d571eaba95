package ai.cscx.chorus.pages;

import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer's people in their calls, and who went quiet. */
final class Stakeholders {
    /** Somebody who came at least {@link #REGULAR} times and was not in a call for so long, while others were, is quiet. */
    private static final Duration QUIET = Duration.ofDays(60);

    private static final int REGULAR = 2;
    private static final int MOST = 20;

    private Stakeholders() {}

    /**
     * @param share of the customer's calls that were read, 0 to 100
     */
    record Row(
            String name,
            @Nullable String title,
            @Nullable String email,
            String lastSeen,
            String calls,
            int share,
            boolean quiet) {}

    private record Seen(
            @Nullable String name,
            @Nullable String email,
            @Nullable String title,
            Instant last,
            int calls) {
        Seen with(Participant earlier) {
            return new Seen(
                    name == null ? earlier.name() : name,
                    email,
                    title == null ? earlier.title() : title,
                    last,
                    calls + 1);
        }
    }

    /**
     * @param calls newest first
     */
    static List<Row> of(List<Call> calls, Reader reader) {
        Map<String, Seen> found = new LinkedHashMap<>();
        for (Call call : calls) {
            Map<String, Participant> here = new LinkedHashMap<>();
            for (Participant person : call.participants()) {
                String key = person.email() == null ? person.name() : person.email();
                if (person.side() == Side.EXTERNAL && key != null) {
                    here.putIfAbsent(key, person);
                }
            }
            here.forEach((key, person) -> found.merge(
                    key,
                    new Seen(person.name(), person.email(), person.title(), call.startedAt(), 1),
                    (later, one) -> later.with(person)));
        }
        Instant latest = calls.isEmpty() ? Instant.EPOCH : calls.getFirst().startedAt();
        List<Row> rows = new ArrayList<>();
        found.values().stream()
                .sorted((one, other) -> Integer.compare(other.calls(), one.calls()))
                .limit(MOST)
                .forEach(seen -> rows.add(new Row(
                        seen.name() == null ? String.valueOf(seen.email()) : seen.name(),
                        seen.title(),
                        seen.email(),
                        reader.ago(seen.last()),
                        reader.counted(seen.calls(), "call"),
                        100 * seen.calls() / calls.size(),
                        seen.calls() >= REGULAR
                                && Duration.between(seen.last(), latest).compareTo(QUIET) > 0)));
        return rows;
    }
}
