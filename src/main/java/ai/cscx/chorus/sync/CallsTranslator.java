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
import ai.cscx.chorus.upstream.CallsApi;
import ai.cscx.chorus.upstream.CallsApi.Call;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.Dialect;
import ai.cscx.chorus.upstream.Wire;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The customs post of the dialect {@code calls}. The detail goes before the list element wherever both speak. */
final class CallsTranslator implements Translator {
    private static final Call SILENT =
            new Call(null, null, null, null, null, null, null, null, null, null, null, null, null);

    @Override
    public CallContent translate(String id, Answers answers) throws ChorusException {
        byte[] element = answers.part(Part.LIST);
        byte[] document = answers.part(Part.DETAIL);
        Call listed = element == null ? SILENT : Wire.read(element, Call.class);
        Call detail = document == null ? SILENT : Wire.read(document, Call.class);
        Instant startedAt = startedAt(Texts.first(detail.startTime(), listed.startTime()));
        Instant listedDate = Texts.first(listed.startTime()) == null ? startedAt : startedAt(listed.startTime());
        CallsApi.Transcript said = transcript(answers);
        List<Participant> participants = participants(Texts.first(detail.participants(), listed.participants()));
        List<Utterance> utterances = said == null ? List.of() : utterances(said, participants);
        State state = state(Texts.first(detail.status(), listed.status()));
        CallsApi.Account account = detail.account() == null ? listed.account() : detail.account();
        String language = Texts.first(said == null ? null : said.language(), detail.language(), listed.language());
        return new CallContent(
                id,
                Dialect.CALLS.word(),
                Texts.first(detail.title(), listed.title()),
                startedAt,
                listedDate,
                Texts.millis(detail.duration() == null ? listed.duration() : detail.duration()),
                null,
                state,
                transcriptState(state, said, utterances),
                null,
                Texts.first(detail.language(), listed.language()),
                Texts.first(detail.url(), listed.url()),
                Texts.first(Texts.plain(detail.summary()), Texts.plain(listed.summary())),
                null,
                null,
                account == null ? null : Texts.first(account.crmId()),
                account == null ? null : Texts.first(account.id()),
                account == null ? null : Texts.first(account.name()),
                null,
                null,
                null,
                null,
                participants,
                trackers(answers, utterances),
                actionItems(id, Texts.first(detail.actionItems(), listed.actionItems()), participants),
                CallsMomentum.of(detail.momentum() == null ? listed.momentum() : detail.momentum()),
                new Transcript(language, utterances));
    }

    private static Instant startedAt(@Nullable String iso) {
        if (iso == null) {
            throw new Failure.Rejected("Neither the list nor the detail says when the call began.");
        }
        try {
            return OffsetDateTime.parse(iso.strip()).toInstant();
        } catch (DateTimeException unreadable) {
            // Without the cause, whose message repeats the text.
            throw new Failure.Rejected("The start of the call is no date that can be read.");
        }
    }

    private static State state(@Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "completed" -> State.DONE;
            case "processing" -> State.PROCESSING;
            case "scheduled" -> State.SCHEDULED;
            case "no_show" -> State.NO_SHOW;
            case "failed" -> State.FAILED;
            default -> State.UNKNOWN;
        };
    }

    private static TranscriptState transcriptState(
            State state, CallsApi.@Nullable Transcript said, List<Utterance> utterances) {
        if (!utterances.isEmpty()) {
            return TranscriptState.AVAILABLE;
        }
        return switch (state) {
            case NO_SHOW, FAILED -> TranscriptState.NONE;
            case PROCESSING, SCHEDULED, LIVE -> TranscriptState.PENDING;
            case DONE, UNKNOWN -> said == null ? TranscriptState.PENDING : TranscriptState.EMPTY;
        };
    }

    private static CallsApi.@Nullable Transcript transcript(Answers answers) throws ChorusException {
        byte[] body = answers.part(Part.TRANSCRIPT);
        return body == null ? null : Wire.read(body, CallsApi.Transcript.class);
    }

    private static List<Participant> participants(List<CallsApi.Person> people) {
        return people.stream()
                .map(person ->
                        new Participant(person.name(), person.email(), person.company(), null, side(person.role())))
                .toList();
    }

    private static Side side(@Nullable String role) {
        return switch (role == null ? "" : role.strip().toLowerCase(Locale.ROOT)) {
            case "internal" -> Side.INTERNAL;
            case "external" -> Side.EXTERNAL;
            default -> Side.UNKNOWN;
        };
    }

    /** Sorted by their start; the rest settles ties, since the order of an answer is not promised. */
    private static List<Utterance> utterances(CallsApi.Transcript said, List<Participant> participants) {
        List<CallsApi.Segment> segments = said.segments() == null ? List.of() : said.segments();
        List<CallsApi.Segment> sorted = segments.stream()
                .filter(segment -> segment.text() != null && !segment.text().isBlank())
                .sorted(Comparator.comparingLong((CallsApi.Segment segment) -> Texts.millis(segment.start()))
                        .thenComparingLong(segment -> Texts.millis(segment.end()))
                        .thenComparing(segment -> String.valueOf(segment.text())))
                .toList();
        List<Utterance> utterances = new ArrayList<>(sorted.size());
        for (CallsApi.Segment segment : sorted) {
            String email = Texts.lower(Texts.first(segment.speakerEmail()));
            long start = Texts.millis(segment.start());
            utterances.add(new Utterance(
                    utterances.size(),
                    Texts.first(segment.speaker()),
                    email,
                    email == null ? Side.UNKNOWN : sideOf(email, participants),
                    start,
                    Math.max(start, Texts.millis(segment.end())),
                    String.valueOf(segment.text()),
                    false));
        }
        return utterances;
    }

    private static Side sideOf(String email, List<Participant> participants) {
        return participants.stream()
                .filter(person -> email.equals(person.email()))
                .map(Participant::side)
                .findFirst()
                .orElse(Side.UNKNOWN);
    }

    /** A hit is of the utterance that is being said at its time. */
    private static List<TrackerHits> trackers(Answers answers, List<Utterance> utterances) throws ChorusException {
        byte[] body = answers.part(Part.TRACKERS);
        List<CallsApi.Tracker> trackers =
                body == null ? null : Wire.read(body, CallsApi.Trackers.class).trackers();
        List<TrackerHits> hits = new ArrayList<>();
        for (CallsApi.Tracker tracker : trackers == null ? List.<CallsApi.Tracker>of() : trackers) {
            String name = Texts.first(tracker.name());
            if (name == null) {
                continue;
            }
            List<CallsApi.Mention> mentions = tracker.mentions() == null ? List.of() : tracker.mentions();
            hits.add(new TrackerHits(
                    String.valueOf(Texts.first(tracker.id(), name)),
                    name,
                    Texts.first(tracker.category()),
                    mentions.size(),
                    mentions.stream().map(mention -> hit(mention, utterances)).toList()));
        }
        return hits;
    }

    private static TrackerHits.Hit hit(CallsApi.Mention mention, List<Utterance> utterances) {
        if (mention.at() == null) {
            return new TrackerHits.Hit(null, null, Texts.first(mention.text()));
        }
        long atMs = Texts.millis(mention.at());
        Integer index = null;
        for (Utterance utterance : utterances) {
            if (utterance.startMs() > atMs) {
                break;
            }
            index = utterance.index();
        }
        return new TrackerHits.Hit(index, atMs, Texts.first(mention.text()));
    }

    /** One id for two different items would lose one of them; such an item goes by its words. */
    private static List<NewActionItem> actionItems(
            String call, List<CallsApi.ActionItem> items, List<Participant> participants) {
        Map<String, NewActionItem> byKey = new LinkedHashMap<>();
        for (CallsApi.ActionItem item : items) {
            String words = Texts.plain(Texts.first(item.text()));
            if (words == null) {
                continue;
            }
            String hash = Fingerprint.of(call + "\n" + Texts.normalised(words)).substring(0, 32);
            String id = Texts.first(item.id());
            NewActionItem before = id == null ? null : byKey.get(id);
            boolean taken = before != null && !before.text().equals(words);
            NewActionItem made = actionItem(id == null || taken ? hash : id, words, item, participants);
            byKey.putIfAbsent(made.key(), made);
        }
        return List.copyOf(byKey.values());
    }

    /** Somebody who was not there is named by the e-mail address, on nobody's side. */
    private static NewActionItem actionItem(
            String key, String words, CallsApi.ActionItem item, List<Participant> participants) {
        String email = Texts.lower(Texts.first(item.ownerEmail()));
        Participant owner = participants.stream()
                .filter(person -> email != null && email.equals(person.email()))
                .findFirst()
                .orElseGet(() -> email == null ? Doer.of(words, participants) : null);
        return new NewActionItem(
                key,
                words,
                owner == null ? email : Texts.first(owner.name(), email),
                owner == null ? Side.UNKNOWN : owner.side(),
                day(item.dueDate()),
                item.at() == null ? null : Texts.millis(item.at()));
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
