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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The customs post of the dialect {@code engagements}: list element and detail in, one {@link CallContent} out. The
 * detail goes before the list element wherever both speak.
 */
final class EngagementTranslator implements Translator {
    /** What Chorus calls the id of an account that it made up. */
    private static final String NO_ID = "0";

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
        List<Utterance> utterances = EngagementSpeech.utterances(recording, people);
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
                Texts.first(Texts.plain(detail.summary()), Texts.plain(listed.summary())),
                Texts.lower(Texts.first(
                        detail.owner() == null ? null : detail.owner().email(), listed.userEmail())),
                Texts.first(detail.owner() == null ? null : detail.owner().name(), listed.userName()),
                Texts.first(detail.account() == null ? null : detail.account().crmId()),
                accountId(detail, listed),
                accountName(detail, listed),
                Texts.first(detail.deal() == null ? null : detail.deal().id(), listed.opportunityId()),
                Texts.first(detail.deal() == null ? null : detail.deal().name(), listed.opportunityName()),
                seriesKey(detail, startedAt),
                instant(detail.modifiedAt()),
                participants,
                trackers(detail, listed, utterances),
                actionItems(id, Texts.first(detail.actionItems(), listed.actionItems()), participants),
                null,
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
        return new Participant(
                person.name(), person.email(), person.company(), person.title(), EngagementSpeech.side(person));
    }

    private static @Nullable String accountId(Conversation detail, Engagement listed) {
        String id =
                detail.account() == null ? null : Texts.first(detail.account().id());
        return Texts.first(NO_ID.equals(id) ? null : id, listed.accountId());
    }

    /** Without an account Chorus makes one up, without an id and named after the user: "Maya Okafor Meetings". */
    private static @Nullable String accountName(Conversation detail, Engagement listed) {
        String standIn = "";
        if (accountId(detail, listed) == null) {
            standIn =
                    Texts.first(detail.owner() == null ? null : detail.owner().name(), listed.userName()) + " Meetings";
        }
        String named =
                detail.account() == null ? null : Texts.first(detail.account().name());
        String alsoNamed = Texts.first(listed.accountName());
        return Texts.first(
                standIn.equals(named) ? null : named,
                standIn.equals(alsoNamed) ? null : alsoNamed,
                detail.companyName());
    }

    /** Of a list element alone, only how often each matched. */
    private static List<TrackerHits> trackers(Conversation detail, Engagement listed, List<Utterance> utterances) {
        List<Engagements.Tracker> found =
                detail.recording() == null ? null : detail.recording().trackers();
        if (found == null || found.isEmpty()) {
            return counts(listed.trackerMatches() == null ? List.of() : listed.trackerMatches());
        }
        Map<Integer, Utterance> byIndex = new HashMap<>();
        utterances.forEach(utterance -> byIndex.put(utterance.index(), utterance));
        List<TrackerHits> trackers = new ArrayList<>();
        for (Engagements.Tracker tracker : found) {
            String name = Texts.first(tracker.name());
            if (name == null) {
                continue;
            }
            List<TrackerHits.Hit> hits = new ArrayList<>();
            for (Engagements.Mention mention :
                    tracker.mentions() == null ? List.<Engagements.Mention>of() : tracker.mentions()) {
                Utterance said = mention.utterance() == null ? null : byIndex.get(mention.utterance());
                hits.add(
                        said == null
                                ? new TrackerHits.Hit(null, null, null)
                                : new TrackerHits.Hit(said.index(), said.startMs(), said.text()));
            }
            trackers.add(new TrackerHits(
                    String.valueOf(Texts.first(tracker.id(), name)),
                    name,
                    tracker.count() == null ? hits.size() : tracker.count(),
                    hits));
        }
        return trackers;
    }

    private static List<TrackerHits> counts(List<Engagements.TrackerMatch> matches) {
        List<TrackerHits> trackers = new ArrayList<>();
        for (Engagements.TrackerMatch match : matches) {
            String name = Texts.first(match.name());
            if (name != null) {
                trackers.add(new TrackerHits(name, name, match.count() == null ? 0 : match.count(), List.of()));
            }
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
            Participant doer = Doer.of(words, participants);
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
            return OffsetDateTime.parse(iso.strip()).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
