package ai.cscx.chorus.sync;

import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.NewActionItem;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.date.DuePhrases;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Adds to action items what their words and the transcript tell where the source says nothing: until when, seen from the
 * day of the call where its owner is, and where in the call it was promised. What is not clear stays unsaid.
 */
final class ItemReader {
    private ItemReader() {}

    /** Like the calls that are given, in their order. */
    static List<CallContent> read(Handle handle, Collection<CallContent> contents) {
        Set<String> owners = new HashSet<>();
        contents.stream()
                .filter(content -> !content.actionItems().isEmpty())
                .map(CallContent::ownerEmail)
                .filter(Objects::nonNull)
                .forEach(owners::add);
        // A call may have no owner: not every map can be asked for null.
        Map<String, ZoneId> zones = owners.isEmpty() ? new HashMap<>() : zones(handle, owners);
        return contents.stream()
                .map(content -> read(content, zones.getOrDefault(content.ownerEmail(), ZoneOffset.UTC)))
                .toList();
    }

    /** @param zone where the days of the call are counted */
    static CallContent read(CallContent content, ZoneId zone) {
        if (content.actionItems().isEmpty()) {
            return content;
        }
        LocalDate said = LocalDate.ofInstant(content.startedAt(), zone);
        Set<String> names = new HashSet<>();
        for (Participant person : content.participants()) {
            Stream.of(person.name(), person.company()).filter(Objects::nonNull).forEach(names::add);
        }
        if (content.accountName() != null) {
            names.add(content.accountName());
        }
        ItemPlace place = content.transcript().utterances().isEmpty()
                ? null
                : new ItemPlace(content.transcript().utterances());
        return content.with(content.actionItems().stream()
                .map(item -> read(item, said, names, place))
                .toList());
    }

    private static NewActionItem read(
            NewActionItem item, LocalDate said, Set<String> names, @Nullable ItemPlace place) {
        DuePhrases.Due due =
                item.due() != null ? new DuePhrases.Due(item.due(), false) : DuePhrases.read(item.text(), said, names);
        Long start = item.startMs() != null || place == null ? item.startMs() : place.of(item.text(), item.ownerName());
        return new NewActionItem(
                item.key(), item.text(), item.ownerName(), item.side(), due.day(), start, due.unsure());
    }

    private static Map<String, ZoneId> zones(Handle handle, Set<String> emails) {
        Map<String, ZoneId> zones = new HashMap<>();
        handle.createQuery(
                        "SELECT email, time_zone FROM chorus_users WHERE email = ANY (:emails) AND time_zone IS NOT NULL")
                .bind("emails", emails.toArray(String[]::new))
                .map((row, context) -> Map.entry(row.getString("email"), row.getString("time_zone")))
                .forEach(zone -> zones.put(zone.getKey(), zone(zone.getValue())));
        return zones;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }
}
