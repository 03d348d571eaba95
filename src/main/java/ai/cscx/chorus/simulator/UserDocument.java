package ai.cscx.chorus.simulator;

import java.util.List;

/** {@code GET /api/v1/users/me}: the token belongs to the CS operations admin. */
final class UserDocument {
    private static final String TOKEN_OWNER = "Ines Duarte";

    private final Participant user;

    UserDocument(Roster roster) {
        this.user = Casting.member(roster, TOKEN_OWNER);
    }

    Reply reply() {
        return Reply.json(200, Reply.JSON_API, json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("data");
            json.writeStringField("id", String.valueOf(user.userId()));
            json.writeStringField("type", "user");
            json.writeObjectFieldStart("attributes");
            json.writeStringField("email", user.email());
            json.writeStringField("name", user.name());
            json.writeStringField("first_name", user.firstName());
            json.writeStringField("last_name", user.name().substring(user.name().indexOf(' ') + 1));
            json.writeNumberField("person_id", user.personId());
            json.writeNumberField("manager_id", 90_011);
            json.writeArrayFieldStart("team_ids");
            json.writeNumber(301);
            json.writeEndArray();
            json.writeNumberField("primary_team", 301);
            json.writeNumberField("permission_role_id", 1);
            json.writeStringField("license_type", "RECORDER");
            json.writeStringField("onboarding_status", "ONBOARDED");
            json.writeStringField("title", user.title());
            json.writeStringField("role", "admin");
            json.writeStringField("language", "en");
            json.writeStringField("domain", "ourcompany.example");
            json.writeStringField("created_on", "2024-02-05T09:00:00Z");
            for (String blank : List.of(
                    "type",
                    "sub_role",
                    "seniority",
                    "tier",
                    "location",
                    "last_login_at",
                    "default_meeting_link",
                    "linkedin",
                    "picture",
                    "fingerprint_state",
                    "provisioning_type")) {
                json.writeStringField(blank, "");
            }
            for (String zero :
                    List.of("utc_offset", "allowed_access", "autojoin", "sync_calendar", "terms_conditions")) {
                json.writeNumberField(zero, 0);
            }
            json.writeBooleanField("internal", false);
            json.writeBooleanField("invalidated", false);
            for (String yes :
                    List.of("is_email_linked", "biometric_policy", "privacy_policy", "terms_and_conditions")) {
                json.writeBooleanField(yes, true);
            }
            json.writeObjectFieldStart("meta");
            json.writeNullField("sf_record_id");
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
