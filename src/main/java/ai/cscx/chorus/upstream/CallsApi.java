package ai.cscx.chorus.upstream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire records of the dialect {@code calls}. Foreign data: every field may be missing, null or blank; unknown fields
 * are tolerated. Offsets and durations are seconds, decimal.
 */
public final class CallsApi {
    private CallsApi() {}

    /** A call, in the list and by itself. */
    public record Call(
            @Nullable String id,
            @Nullable String title,
            @JsonProperty("start_time") @Nullable String startTime,
            @JsonProperty("duration_seconds") @Nullable Double duration,
            @Nullable String status,
            @JsonProperty("private") @Nullable Boolean isPrivate,
            @Nullable String language,
            @JsonProperty("recording_url") @Nullable String url,
            @Nullable String summary,
            @Nullable Account account,
            @Nullable List<Person> participants,
            @JsonProperty("action_items") @Nullable List<ActionItem> actionItems,
            @Nullable Momentum momentum) {}

    public record Account(
            @Nullable String id,
            @Nullable String name,
            @JsonProperty("crm_id") @Nullable String crmId) {}

    public record Person(
            @Nullable String name,
            @Nullable String email,
            @Nullable String role,
            @Nullable String company) {}

    public record ActionItem(
            @Nullable String id,
            @Nullable String text,
            @JsonProperty("owner_email") @Nullable String ownerEmail,
            @JsonProperty("due_date") @Nullable String dueDate,
            @JsonProperty("timestamp_seconds") @Nullable Double at) {}

    /** Entries are {@code {text, timestamp_seconds, speaker}} or bare strings. */
    public record Momentum(
            @JsonProperty("deal_progress") @Nullable String dealProgress,
            @JsonProperty("pricing_discussed") @Nullable Boolean pricingDiscussed,
            @JsonProperty("next_steps") @Nullable List<JsonNode> nextSteps,
            @JsonProperty("pricing_quotes") @Nullable List<JsonNode> pricingQuotes,
            @Nullable List<JsonNode> objections) {}

    public record Transcript(
            @JsonProperty("call_id") @Nullable String callId,
            @Nullable String language,
            @Nullable List<Segment> segments) {}

    public record Segment(
            @Nullable String speaker,
            @JsonProperty("speaker_email") @Nullable String speakerEmail,
            @JsonProperty("start_seconds") @Nullable Double start,
            @JsonProperty("end_seconds") @Nullable Double end,
            @Nullable String text) {}

    public record Trackers(
            @JsonProperty("call_id") @Nullable String callId,
            @Nullable List<Tracker> trackers) {}

    public record Tracker(
            @Nullable String id,
            @Nullable String name,
            @Nullable String category,
            @Nullable List<Mention> mentions) {}

    public record Mention(
            @JsonProperty("timestamp_seconds") @Nullable Double at,
            @Nullable String text,
            @Nullable String speaker) {}

    record Page(@Nullable List<JsonNode> calls, @Nullable Pagination pagination) {}

    record Pagination(
            @JsonProperty("next_cursor") @Nullable String nextCursor,
            @JsonProperty("has_more") @Nullable Boolean hasMore) {}
}
