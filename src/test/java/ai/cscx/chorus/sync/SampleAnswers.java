package ai.cscx.chorus.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.upstream.Answers;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.Dialect;
import java.util.EnumMap;
import java.util.Map;

/** One call in which Chorus says everything that it can, in both dialects. */
final class SampleAnswers {
    static final String ID = "A1";

    private static final String ENGAGEMENT = """
            {"engagement_id": "A1", "engagement_type": "meeting", "subject": "Listed title", "date_time": 1791982805,
             "duration": 61.5, "language": "de", "processing_state": "done", "no_show": false, "compliance": "COMPLIANT",
             "url": "https://chorus.ai/meeting/listed", "user_name": "Tom Reyes", "user_email": "Tom@Ours.example",
             "account_id": "0015LISTED", "account_name": "Listed AS", "opportunity_id": "006LISTED",
             "opportunity_name": "Listed renewal",
             "participants": [{"person_id": 9, "name": "Listed Person", "email": "L@x.example", "title": "CTO",
                "company_name": "X", "type": "prospect"}],
             "tracker_matches": [{"name": "Pricing", "type": "chorus", "num_matches": 5}],
             "meeting_summary": "Listed<br>summary", "action_items": ["Listed item"]}
            """;
    private static final String CONVERSATION = """
            {"data": {"id": "A1", "type": "recording", "attributes": {
             "_modified_at": "2026-10-14T13:58:40Z", "name": "Rollout", "generated_subject": "Rollout status",
             "status": "done", "private": false, "language": "en", "company_name": "Halden Co",
             "summary": "Two live.<br/>One not.", "action_items": ["Send the guide"],
             "account": {"id": 771204, "name": "Halden AS", "ext_id": "0015HALDEN"},
             "deal": {"id": "006RENEW", "name": "Halden renewal"},
             "owner": {"email": "Maya@Ours.example", "name": "Maya Okafor"},
             "participants": [
               {"person_id": 1, "name": "Maya Okafor", "email": "Maya@Ours.example", "title": "CSM",
                "company_name": "Ours", "type": "rep", "is_my_team": true},
               {"person_id": 2, "name": "Lars Brekke", "email": "lars@halden.example", "title": "Operations",
                "company_name": "Halden AS", "type": "prospect", "is_my_team": false}],
             "meeting": {"ical_uid": "weekly@x"},
             "recording": {"start_time": "2026-10-14T15:00:00+02:00", "duration": 60.25,
               "clusters": [{"type": "cust", "match_method": "guess", "participant": 2,
                 "ranges": [{"start": 2.0, "length": 5}]}],
               "trackers": [{"id": "t1", "name": "Pricing", "count": 3, "mentions": [{"utterance": 4, "offset": 9}]}],
               "utterances": [{"index": 4, "snippet": "What does it cost?", "snippet_time": 2.1, "snippet_length": 2.2,
                 "participant": 2, "speaker_name": "Lars Brekke", "speaker_type": "customer", "expired": false}]}}}}
            """;
    private static final String LISTED_CALL = """
            {"id": "A1", "title": "Listed title", "start_time": "2026-10-14T13:00:05Z", "duration_seconds": 61.5,
             "status": "completed", "private": false, "language": "de", "recording_url": "https://chorus.ai/meeting/listed",
             "summary": "Listed<br>summary", "account": {"id": "1", "name": "Listed AS", "crm_id": "0015LISTED"},
             "participants": [{"name": "Listed Person", "email": "L@x.example", "role": "external", "company": "X"}],
             "action_items": [{"id": "ai_9", "text": "Listed item"}],
             "momentum": {"deal_progress": "stalled"}}
            """;
    private static final String CALL = """
            {"id": "A1", "title": "Rollout", "start_time": "2026-10-14T15:00:00+02:00", "duration_seconds": 60.25,
             "status": "completed", "private": false, "language": "en", "recording_url": "https://chorus.ai/meeting/A1",
             "summary": "Two live.<br/>One not.",
             "account": {"id": "771204", "name": "Halden AS", "crm_id": "0015HALDEN"},
             "participants": [
               {"name": "Maya Okafor", "email": "Maya@Ours.example", "role": "internal", "company": "Ours"},
               {"name": "Lars Brekke", "email": "lars@halden.example", "role": "external", "company": "Halden AS"}],
             "action_items": [{"id": "ai_1", "text": "Send the guide", "owner_email": "Maya@Ours.example",
               "due_date": "2026-10-16", "timestamp_seconds": 18.2}],
             "momentum": {"deal_progress": "advancing", "pricing_discussed": true,
               "next_steps": [{"text": "Send it.", "timestamp_seconds": 18.2, "speaker": "Maya Okafor"}, "Bare words"],
               "pricing_quotes": [{"text": "Ten each.", "timestamp_seconds": 24.6, "speaker": "Lars Brekke"}],
               "objections": ["Too dear"]}}
            """;
    private static final String TRANSCRIPT = """
            {"call_id": "A1", "language": "en", "segments": [{"speaker": "Lars Brekke", "speaker_email": "Lars@Halden.example",
             "start_seconds": 2.1, "end_seconds": 4.3, "text": "What does it cost?"}]}
            """;
    private static final String TRACKERS = """
            {"call_id": "A1", "trackers": [{"id": "t1", "name": "Pricing", "category": "pricing",
             "mentions": [{"timestamp_seconds": 2.1, "text": "What does it cost?", "speaker": "Lars Brekke"}]}]}
            """;

    private SampleAnswers() {}

    static Map<Part, String> texts(Dialect dialect) {
        return switch (dialect) {
            case ENGAGEMENTS -> Map.of(Part.LIST, ENGAGEMENT, Part.DETAIL, CONVERSATION);
            case CALLS ->
                Map.of(Part.LIST, LISTED_CALL, Part.DETAIL, CALL, Part.TRANSCRIPT, TRANSCRIPT, Part.TRACKERS, TRACKERS);
        };
    }

    static Answers answers(Map<Part, String> texts) {
        Map<Part, byte[]> bytes = new EnumMap<>(Part.class);
        texts.forEach((part, text) -> bytes.put(part, text.getBytes(UTF_8)));
        return new Answers(bytes);
    }
}
