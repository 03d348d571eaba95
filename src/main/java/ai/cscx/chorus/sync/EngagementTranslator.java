package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallContent.State;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.NewActionItem;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.upstream.Answers;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.Dialect;
import ai.cscx.chorus.upstream.Engagements;
import ai.cscx.chorus.upstream.Engagements.Conversation;
import ai.cscx.chorus.upstream.Engagements.Engagement;
import ai.cscx.chorus.upstream.Engagements.Person;
import ai.cscx.chorus.upstream.Wire;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The customs post of the dialect {@code engagements}: list element and detail in, one {@link CallContent} out. The
 * detail goes before the list element wherever both speak.
 */
final class EngagementTranslator implements Translator {
    private static final Set<String> INTERNAL_WORDS = Set.of("rep");
    private static final Set<String> EXTERNAL_WORDS = Set.of("cust", "customer", "prospect");
    private static final Set<String> GUESSES = Set.of("guess", "guessed_by_zoom");

    @Override
    public CallContent translate(String id, Answers answers) throws ChorusException {
        byte[] element = answers.part(Part.LIST);
        byte[] document = answers.part(Part.DETAIL);
        Engagement listed = element == null ? Engagements.UNLISTED : Wire.read(element, Engagement.class);
        if (document == null) {
            return translate(id, listed, Engagements.UNKNOWN, false);
        }
        return translate(id, listed, Engagements.conversation(document), true);
    }

    /**
     * @throws Failure.Rejected if there is no start time, without which it is no call
     */
    static CallContent translate(String id, Engagement listed, Conversation detail, boolean detailed) {
        Engagements.Recording recording = detail.recording();
        Instant startedAt = startedAt(recording, listed);
        Instant listedDate = listed.epochSeconds() == null ? startedAt : listedDate(listed.epochSeconds());
        List<Person> people = Texts.first(detail.participants(), listed.participants());
        List<Utterance> utterances = utterances(recording, people);
        State state = state(detail, listed);
        List<Participant> participants =
                people.stream().map(EngagementTranslator::participant).toList();
        return new CallContent(
                id,
                Dialect.ENGAGEMENTS.word(),
                Texts.first(detail.name(), detail.generatedSubject(), listed.subject()),
                startedAt,
                listedDate,
                Texts.millis(
                        recording != null && recording.duration() != null ? recording.duration() : listed.duration()),
                Texts.first(listed.type()),
                state,
                detailed ? transcriptState(state, utterances) : TranscriptState.PENDING,
                Texts.lower(Texts.first(listed.compliance())),
                Texts.first(detail.language(), listed.language()),
                Texts.first(listed.url(), "https://chorus.ai/meeting/" + id),
                Texts.plain(Texts.first(detail.summary(), listed.summary())),
                Texts.lower(Texts.first(
                        detail.owner() == null ? null : detail.owner().email(), listed.userEmail())),
                Texts.first(detail.owner() == null ? null : detail.owner().name(), listed.userName()),
                Texts.first(detail.account() == null ? null : detail.account().crmId()),
                Texts.first(detail.account() == null ? null : detail.account().id(), listed.accountId()),
                Texts.first(
                        detail.account() == null ? null : detail.account().name(),
                        listed.accountName(),
                        detail.companyName()),
                Texts.first(detail.deal() == null ? null : detail.deal().id(), listed.opportunityId()),
                Texts.first(detail.deal() == null ? null : detail.deal().name(), listed.opportunityName()),
                seriesKey(detail, startedAt),
                instant(detail.modifiedAt()),
                participants,
                trackers(recording, utterances),
                actionItems(id, Texts.first(detail.actionItems(), listed.actionItems()), participants),
                new Transcript(Texts.first(detail.language(), listed.language()), utterances));
    }

    private static Instant startedAt(Engagements.@Nullable Recording recording, Engagement listed) {
        Instant recorded = recording == null ? null : instant(recording.startTime());
        if (recorded != null) {
            return recorded;
        }
        if (listed.epochSeconds() != null) {
            return listedDate(listed.epochSeconds());
        }
        throw new Failure.Rejected("Neither the list nor the detail says when the call began.");
    }

    private static Instant listedDate(double epochSeconds) {
        return Instant.ofEpochMilli(Math.round(epochSeconds * 1000));
    }

    private static State state(Conversation detail, Engagement listed) {
        if (Boolean.TRUE.equals(listed.noShow())) {
            return State.NO_SHOW;
        }
        String word = Texts.lower(Texts.first(detail.status(), listed.processingState()));
        return switch (word == null ? "" : word) {
            case "done" -> State.DONE;
            case "live" -> State.LIVE;
            case "no show" -> State.NO_SHOW;
            case "processing" -> State.PROCESSING;
            case "scheduled" -> State.SCHEDULED;
            default -> State.UNKNOWN;
        };
    }

    private static TranscriptState transcriptState(State state, List<Utterance> utterances) {
        if (!utterances.isEmpty()) {
            return TranscriptState.AVAILABLE;
        }
        return switch (state) {
            case DONE -> TranscriptState.EMPTY;
            case NO_SHOW, FAILED -> TranscriptState.NONE;
            case PROCESSING, SCHEDULED, LIVE, UNKNOWN -> TranscriptState.PENDING;
        };
    }

    private static Participant participant(Person person) {
        Side side = side(person.type());
        // Only where nothing else speaks: the flag also marks colleagues who were merely invited.
        if (side == Side.UNKNOWN && Boolean.TRUE.equals(person.myTeam())) {
            side = Side.INTERNAL;
        }
        return new Participant(person.name(), person.email(), person.company(), person.title(), side);
    }

    /** Three vocabularies in one answer; everything else is unknown, never guessed. */
    static Side side(@Nullable String word) {
        String known = Texts.lower(Texts.first(word));
        if (known == null) {
            return Side.UNKNOWN;
        }
        if (INTERNAL_WORDS.contains(known)) {
            return Side.INTERNAL;
        }
        return EXTERNAL_WORDS.contains(known) ? Side.EXTERNAL : Side.UNKNOWN;
    }

    private static List<Utterance> utterances(Engagements.@Nullable Recording recording, List<Person> people) {
        if (recording == null || recording.utterances() == null) {
            return List.of();
        }
        Map<String, Person> byId = new HashMap<>();
        for (Person person : people) {
            if (person.personId() != null) {
                byId.put(person.personId(), person);
            }
        }
        List<Engagements.Cluster> clusters = recording.clusters() == null ? List.of() : recording.clusters();
        List<Engagements.Utterance> sorted = recording.utterances().stream()
                .filter(said -> said.snippet() != null && !said.snippet().isBlank())
                .filter(said -> !Boolean.TRUE.equals(said.expired()))
                .sorted(Comparator.comparingInt(
                                (Engagements.Utterance said) -> said.index() == null ? Integer.MAX_VALUE : said.index())
                        .thenComparingDouble(said -> said.time() == null ? 0 : said.time()))
                .toList();
        List<Utterance> utterances = new ArrayList<>(sorted.size());
        int last = -1;
        for (Engagements.Utterance said : sorted) {
            int index = said.index() == null || said.index() <= last ? last + 1 : said.index();
            last = index;
            Person person = said.participant() == null ? null : byId.get(said.participant());
            Engagements.Cluster cluster = clusterAt(clusters, said);
            long start = Texts.millis(said.time());
            utterances.add(new Utterance(
                    index,
                    Texts.first(said.speakerName(), person == null ? null : person.name()),
                    Texts.lower(Texts.first(person == null ? null : person.email())),
                    sideOf(said, person, cluster),
                    start,
                    start + Texts.millis(said.length()),
                    String.valueOf(said.snippet()),
                    cluster != null && cluster.matchMethod() != null && GUESSES.contains(cluster.matchMethod())));
        }
        return utterances;
    }

    private static Side sideOf(
            Engagements.Utterance said, @Nullable Person person, Engagements.@Nullable Cluster cluster) {
        if (Texts.first(said.speakerType()) != null) {
            return side(said.speakerType());
        }
        if (person != null && Texts.first(person.type()) != null) {
            return participant(person).side();
        }
        return cluster == null ? Side.UNKNOWN : side(cluster.type());
    }

    /** The voice that speaks when the utterance begins, of the person that the utterance names where it names one. */
    private static Engagements.@Nullable Cluster clusterAt(
            List<Engagements.Cluster> clusters, Engagements.Utterance said) {
        if (said.time() == null) {
            return null;
        }
        for (Engagements.Cluster cluster : clusters) {
            boolean other = said.participant() != null
                    && cluster.participant() != null
                    && !said.participant().equals(cluster.participant());
            if (other || cluster.ranges() == null) {
                continue;
            }
            for (Engagements.Range range : cluster.ranges()) {
                if (range.start() != null
                        && range.length() != null
                        && said.time() >= range.start()
                        && said.time() < range.start() + range.length()) {
                    return cluster;
                }
            }
        }
        return null;
    }

    private static List<TrackerHits> trackers(Engagements.@Nullable Recording recording, List<Utterance> utterances) {
        if (recording == null || recording.trackers() == null) {
            return List.of();
        }
        Map<Integer, Utterance> byIndex = new HashMap<>();
        utterances.forEach(utterance -> byIndex.put(utterance.index(), utterance));
        List<TrackerHits> trackers = new ArrayList<>();
        for (Engagements.Tracker tracker : recording.trackers()) {
            String name = Texts.first(tracker.name());
            if (name == null) {
                continue;
            }
            List<Engagements.Mention> mentions = tracker.mentions() == null ? List.of() : tracker.mentions();
            List<TrackerHits.Hit> hits = mentions.stream()
                    .map(mention -> mention.utterance() == null ? null : byIndex.get(mention.utterance()))
                    .filter(utterance -> utterance != null)
                    .map(utterance -> new TrackerHits.Hit(utterance.index(), utterance.startMs()))
                    .toList();
            String id = Texts.first(tracker.id(), name);
            trackers.add(new TrackerHits(
                    String.valueOf(id), name, tracker.count() == null ? mentions.size() : tracker.count(), hits));
        }
        return trackers;
    }

    /** Plain texts in this dialect: the key is the hash of call and normalised text, the doer is who the text begins with. */
    private static List<NewActionItem> actionItems(String id, List<String> texts, List<Participant> participants) {
        Map<String, NewActionItem> items = new LinkedHashMap<>();
        for (String raw : texts) {
            String words = Texts.plain(Texts.first(raw));
            if (words == null) {
                continue;
            }
            String key = Fingerprint.of(id + "\n" + Texts.normalised(words)).substring(0, 32);
            Participant doer = doer(words, participants);
            items.putIfAbsent(
                    key,
                    new NewActionItem(
                            key,
                            words,
                            doer == null ? null : doer.name(),
                            doer == null ? Side.UNKNOWN : doer.side(),
                            null,
                            null));
        }
        return List.copyOf(items.values());
    }

    /** "Paula will send …", "Paula Reyes to confirm …": a participant named at the very beginning, if only one fits. */
    private static @Nullable Participant doer(String words, List<Participant> participants) {
        List<Participant> named = participants.stream()
                .filter(person -> person.name() != null && begins(words, person.name()))
                .toList();
        return named.size() == 1 ? named.getFirst() : null;
    }

    private static boolean begins(String words, String name) {
        String firstName = name.split("\\s+", 2)[0];
        String[] said = words.split("[\\s:,]+", 4);
        int at = words.regionMatches(true, 0, name, 0, name.length()) ? name.split("\\s+").length : 1;
        if (!said[0].equalsIgnoreCase(firstName)) {
            return false;
        }
        List<String> rest = List.of(words.split("[\\s:,]+"));
        if (rest.size() <= at) {
            return false;
        }
        String next = rest.get(at).toLowerCase(Locale.ROOT);
        return Set.of("will", "to", "is", "should", "needs", "must", "shall").contains(next)
                || words.startsWith(name + ":")
                || words.startsWith(firstName + ":");
    }

    private static @Nullable String seriesKey(Conversation detail, Instant startedAt) {
        String uid =
                Texts.first(detail.meeting() == null ? null : detail.meeting().icalUid());
        return uid == null ? null : uid + " " + startedAt;
    }

    private static @Nullable Instant instant(@Nullable String iso) {
        if (iso == null || iso.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
