package ai.cscx.chorus.upstream;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire records of the dialect {@code engagements}: the list of {@code /v3/engagements} and the detail of {@code
 * /api/v1/conversations/{id}}. Foreign data: every field may be missing, null or blank; unknown fields are tolerated.
 * Offsets and durations are seconds, decimal.
 */
public final class Engagements {
    /** An element of the list for a call that was not listed. */
    public static final Engagement UNLISTED = new Engagement(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null);

    /** A detail for a call of which only the list is known. */
    public static final Conversation UNKNOWN =
            new Conversation(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private Engagements() {}

    /** The conversation of a whole answer. */
    public static Conversation conversation(byte[] document) throws ChorusException {
        Document read = Wire.read(document, Document.class);
        if (read.data() == null || read.data().attributes() == null) {
            throw new ChorusException.Broken("The detail holds no conversation", null);
        }
        return read.data().attributes();
    }

    /** An element of the list. */
    public record Engagement(
            @JsonProperty("engagement_id") @Nullable String id,
            @JsonProperty("engagement_type") @Nullable String type,
            @Nullable String subject,
            @JsonProperty("date_time") @Nullable Double epochSeconds,
            @Nullable Double duration,
            @Nullable String language,
            @JsonProperty("processing_state") @Nullable String processingState,
            @JsonProperty("no_show") @Nullable Boolean noShow,
            @Nullable String compliance,
            @Nullable String url,
            @JsonProperty("user_name") @Nullable String userName,
            @JsonProperty("user_email") @Nullable String userEmail,
            @JsonProperty("account_id") @Nullable String accountId,
            @JsonProperty("account_name") @Nullable String accountName,
            @JsonProperty("opportunity_id") @Nullable String opportunityId,
            @JsonProperty("opportunity_name") @Nullable String opportunityName,
            @Nullable List<Person> participants,
            @JsonProperty("tracker_matches") @Nullable List<TrackerMatch> trackerMatches,
            @JsonProperty("meeting_summary") @Nullable String summary,
            @JsonProperty("action_items") @Nullable List<String> actionItems) {}

    /** How often a tracker matched; where is in the detail only. */
    public record TrackerMatch(
            @Nullable String name,
            @JsonProperty("num_matches") @Nullable Integer count) {}

    /** A participant, in the list and in the detail. */
    public record Person(
            @JsonProperty("person_id") @Nullable String personId,
            @Nullable String name,
            @Nullable String email,
            @Nullable String title,
            @JsonProperty("company_name") @Nullable String company,
            @Nullable String type,
            @JsonProperty("is_my_team") @Nullable Boolean myTeam) {}

    /** The detail; {@code data.attributes} of the answer. */
    public record Conversation(
            @JsonProperty("_modified_at") @Nullable String modifiedAt,
            @Nullable String name,
            @JsonProperty("generated_subject") @Nullable String generatedSubject,
            @Nullable String status,
            @JsonProperty("private") @Nullable Boolean isPrivate,
            @Nullable String language,
            @JsonProperty("company_name") @Nullable String companyName,
            @Nullable String summary,
            @JsonProperty("action_items") @Nullable List<String> actionItems,
            @Nullable Account account,
            @Nullable Deal deal,
            @Nullable Owner owner,
            @Nullable List<Person> participants,
            @Nullable Meeting meeting,
            @Nullable Recording recording) {}

    public record Account(
            @Nullable String id,
            @Nullable String name,
            @JsonProperty("ext_id") @Nullable String crmId) {}

    public record Deal(@Nullable String id, @Nullable String name) {}

    public record Owner(@Nullable String email, @Nullable String name) {}

    public record Meeting(
            @JsonProperty("ical_uid") @Nullable String icalUid) {}

    public record Recording(
            @JsonProperty("start_time") @Nullable String startTime,
            @Nullable Double duration,
            @Nullable List<Cluster> clusters,
            @Nullable List<Tracker> trackers,
            @Nullable List<Utterance> utterances) {}

    /** One voice in the recording. */
    public record Cluster(
            @Nullable String type,
            @JsonProperty("match_method") @Nullable String matchMethod,
            @JsonProperty("speaker_name") @Nullable String speakerName,
            @Nullable String participant,
            @Nullable List<Range> ranges) {}

    public record Range(@Nullable Double start, @Nullable Double length) {}

    public record Tracker(
            @Nullable String id,
            @Nullable String name,
            @Nullable Integer count,
            @Nullable List<Mention> mentions) {}

    /**
     * @param utterance index of an utterance, presumably
     */
    public record Mention(@Nullable Integer utterance) {}

    public record Utterance(
            @Nullable Integer index,
            @Nullable String snippet,
            @JsonProperty("snippet_time") @Nullable Double time,
            @JsonProperty("snippet_length") @Nullable Double length,
            @Nullable String participant,
            @JsonProperty("speaker_name") @Nullable String speakerName,
            @JsonProperty("speaker_type") @Nullable String speakerType,
            @Nullable Boolean expired) {}

    record Page(
            @JsonProperty("continuation_key") @Nullable String continuationKey,
            @Nullable List<com.fasterxml.jackson.databind.JsonNode> engagements) {}

    record Document(@Nullable Resource data) {}

    record Resource(@Nullable String id, @Nullable Conversation attributes) {}

    /** Of a whole answer, what tells whether it is the one that was asked for. */
    record Head(@Nullable HeadResource data) {}

    record HeadResource(@Nullable String id, @Nullable HeadAttributes attributes) {}

    record HeadAttributes(@JsonProperty("private") @Nullable Boolean isPrivate) {}

    record UserDocument(@Nullable UserResource data) {}

    record UserResource(@Nullable User attributes) {}

    record User(@Nullable String name, @Nullable String email) {}
}
