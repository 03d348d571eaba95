package ai.cscx.chorus.pages;

import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.SpeakerStatistics;
import ai.cscx.chorus.call.SpeakerStatistics.OfSpeaker;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.pages.CallPage.Item;
import ai.cscx.chorus.pages.CallPage.Mark;
import ai.cscx.chorus.pages.CallPage.MarkLane;
import ai.cscx.chorus.pages.CallPage.PersonRow;
import ai.cscx.chorus.pages.CallPage.Place;
import ai.cscx.chorus.pages.CallPage.Said;
import ai.cscx.chorus.pages.CallPage.TrackerRow;
import ai.cscx.chorus.pages.Conversation.Lane;
import ai.cscx.chorus.task.ActionItem;
import ai.cscx.chorus.task.Task;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands on the page of one call beside the words, and where in the words it leads. */
final class CallParts {
    private static final int MOST_PLACES = 8;

    private final TreeMap<Long, Integer> places;
    private final long lengthMs;
    private final Reader reader;

    /**
     * @param places where utterances begin
     * @param lengthMs of the call
     */
    CallParts(TreeMap<Long, Integer> places, long lengthMs, Reader reader) {
        this.places = places;
        this.lengthMs = lengthMs;
        this.reader = reader;
    }

    /** Null where the words are not here. */
    private @Nullable Place place(@Nullable Long startMs) {
        if (startMs == null) {
            return null;
        }
        Integer utterance = Conversation.at(places, startMs);
        return utterance == null ? null : new Place(Reader.place(startMs), "#u" + utterance);
    }

    List<MarkLane> markLanes(CallDetails details, List<ActionItem> items) {
        List<Mark> trackers = details.trackers().stream()
                .flatMap(tracker -> tracker.hits().stream().map(hit -> mark(hit.startMs(), tracker.name())))
                .flatMap(Stream::ofNullable)
                .toList();
        List<Mark> promised = items.stream()
                .map(item -> mark(item.startMs(), item.text()))
                .flatMap(Stream::ofNullable)
                .toList();
        List<MarkLane> lanes = new ArrayList<>();
        lanes.add(new MarkLane("Trackers", trackers));
        lanes.add(new MarkLane("Action items", promised));
        Momentum momentum = details.momentum();
        if (momentum != null) {
            lanes.add(new MarkLane("Objections", marks(momentum.objections())));
            lanes.add(new MarkLane("Prices", marks(momentum.pricing())));
        }
        return lanes.stream().filter(lane -> !lane.marks().isEmpty()).toList();
    }

    private List<Mark> marks(List<Momentum.Evidence> evidence) {
        return evidence.stream()
                .map(said -> mark(said.startMs(), said.text()))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private @Nullable Mark mark(@Nullable Long startMs, String label) {
        Place place = place(startMs);
        return startMs == null || place == null
                ? null
                : new Mark(
                        String.format(Locale.ROOT, "%.1f", Math.min(Lane.WIDTH - 4.0, Lane.x(startMs, lengthMs))),
                        label + ", " + place.time(),
                        place.address());
    }

    /** Who was invited with what they said, then who spoke without being invited. */
    List<PersonRow> people(Call call, SpeakerStatistics statistics) {
        Set<OfSpeaker> rest = new LinkedHashSet<>(statistics.speakers());
        List<PersonRow> rows = new ArrayList<>();
        List<Participant> invited = call.participants().stream()
                .sorted(Comparator.comparingInt(person -> order(person.side())))
                .toList();
        for (Participant person : invited) {
            OfSpeaker spoken = rest.stream()
                    .filter(speaker -> isSame(person, speaker))
                    .findFirst()
                    .orElse(null);
            if (spoken != null) {
                rest.remove(spoken);
            }
            String name = person.name() == null ? person.email() : person.name();
            if (name != null) {
                rows.add(row(name, detail(person), person.email(), person.side(), spoken));
            }
        }
        rest.forEach(speaker -> rows.add(row(
                Objects.requireNonNullElse(speaker.name(), "Somebody"),
                null,
                speaker.email(),
                speaker.side(),
                speaker)));
        return rows;
    }

    private static int order(Side side) {
        return switch (side) {
            case EXTERNAL -> 0;
            case INTERNAL -> 1;
            case UNKNOWN -> 2;
        };
    }

    private static boolean isSame(Participant person, OfSpeaker speaker) {
        if (person.email() != null && speaker.email() != null) {
            return person.email().equals(speaker.email());
        }
        return person.name() != null && person.name().equals(speaker.name());
    }

    private static @Nullable String detail(Participant person) {
        String detail = Stream.of(person.title(), person.company())
                .filter(Objects::nonNull)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        return detail.isEmpty() ? null : detail;
    }

    private PersonRow row(
            String name, @Nullable String detail, @Nullable String email, Side side, @Nullable OfSpeaker spoken) {
        Double share = spoken == null ? null : spoken.talkShare();
        return new PersonRow(
                name,
                detail,
                email,
                side,
                share == null ? null : reader.percent(share),
                share == null ? null : (int) Math.round(share * 100),
                spoken == null || spoken.questions() == 0 ? null : reader.counted(spoken.questions(), "question"));
    }

    /** Who talked how much, by side; null if unknown. */
    @Nullable
    String talk(SpeakerStatistics statistics) {
        Map<Side, Double> sides = statistics.sides();
        Double theirs = sides.get(Side.EXTERNAL);
        Double ours = sides.get(Side.INTERNAL);
        return theirs == null || ours == null
                ? null
                : "The customer spoke " + reader.percent(theirs) + " of the time, we " + reader.percent(ours) + ".";
    }

    List<TrackerRow> trackers(CallDetails details) {
        return details.trackers().stream()
                .sorted(Comparator.comparingInt(TrackerHits::count).reversed().thenComparing(TrackerHits::name))
                .map(tracker -> new TrackerRow(
                        tracker.name(),
                        tracker.category(),
                        tracker.count(),
                        tracker.hits().stream()
                                .map(hit -> place(hit.startMs()))
                                .flatMap(Stream::ofNullable)
                                .limit(MOST_PLACES)
                                .toList()))
                .toList();
    }

    Item item(ActionItem item) {
        LocalDate due = item.due();
        boolean open = item.status() == Task.Status.OPEN;
        return new Item(
                item.text(),
                item.ownerName(),
                due == null ? null : reader.day(due),
                open && due != null && due.isBefore(reader.today()),
                statusName(item.status()),
                open,
                item.side() == Side.EXTERNAL,
                item.task() != null,
                place(item.startMs()));
    }

    static String statusName(Task.Status status) {
        return switch (status) {
            case OPEN -> "Open";
            case DONE -> "Done";
            case DISMISSED -> "Dismissed";
        };
    }

    CallPage.@Nullable Momentum momentum(@Nullable Momentum momentum) {
        if (momentum == null) {
            return null;
        }
        return new CallPage.Momentum(
                progressName(momentum.dealProgress()),
                colour(momentum.dealProgress()),
                said(momentum.nextSteps()),
                said(momentum.pricing()),
                said(momentum.objections()));
    }

    /** Null where nobody knows. */
    static @Nullable String progressName(Momentum.DealProgress progress) {
        return switch (progress) {
            case ADVANCING -> "Advancing";
            case STALLED -> "Stalled";
            case DECLINING -> "Declining";
            case UNKNOWN -> null;
        };
    }

    static String colour(Momentum.DealProgress progress) {
        return switch (progress) {
            case ADVANCING -> "green";
            case STALLED -> "amber";
            case DECLINING -> "red";
            case UNKNOWN -> "";
        };
    }

    private List<Said> said(List<Momentum.Evidence> evidence) {
        return evidence.stream()
                .map(one -> new Said(one.text(), one.speaker(), place(one.startMs())))
                .toList();
    }
}
