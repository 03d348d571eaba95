package ai.cscx.chorus.slack;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Database;
import com.slack.api.model.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who members of the workspace are in CSCX: by the e-mail address of their profile, if Slack has confirmed it and they are
 * full members. What Slack says is remembered for an hour, that it is nobody for a minute; who may do what in CSCX is looked
 * up each time. Thread-safe.
 */
final class Members {
    private static final Duration SOMEBODY = Duration.ofHours(1);
    private static final Duration NOBODY = Duration.ofMinutes(1);

    private final Database database;
    private final People people;
    private final WebApi api;
    private final Clock clock;

    /**
     * @param clock real time
     */
    Members(Database database, People people, WebApi api, Clock clock) {
        this.database = database;
        this.people = people;
        this.api = api;
        this.clock = clock;
    }

    /** Empty if it is nobody whom we answer, which is not told apart. In their own time zone, or else that of their Slack. */
    Optional<Asker> asker(String team, String slackUser) {
        Known known = known(team, slackUser);
        if (known.email() == null) {
            return Optional.empty();
        }
        return people.byEmail(known.email())
                .filter(person -> person.role() != Role.SERVICE)
                .map(person -> inZone(person, known.zone()));
    }

    private record Known(@Nullable String email, @Nullable String zone, Instant checkedAt) {}

    private Known known(String team, String slackUser) {
        Instant now = clock.instant();
        Optional<Known> remembered = database.read(handle -> handle.createQuery(
                        "SELECT email, zone, checked_at FROM chorus_slack_people WHERE team = :team AND slack_user = :user")
                .bind("team", team)
                .bind("user", slackUser)
                .map((row, context) -> new Known(
                        row.getString("email"),
                        row.getString("zone"),
                        row.getTimestamp("checked_at").toInstant()))
                .findOne());
        if (remembered.isPresent()) {
            Known known = remembered.get();
            Duration life = known.email() == null ? NOBODY : SOMEBODY;
            if (known.checkedAt().plus(life).isAfter(now)) {
                return known;
            }
        }
        User member = api.user(slackUser);
        Known fresh = new Known(confirmedEmail(team, member), member.getTz(), now);
        database.transact(handle -> handle.createUpdate("""
                        INSERT INTO chorus_slack_people (team, slack_user, email, zone, checked_at)
                        VALUES (:team, :user, :email, :zone, :now)
                        ON CONFLICT (team, slack_user) DO UPDATE SET email = excluded.email, zone = excluded.zone,
                            checked_at = excluded.checked_at
                        """)
                .bind("team", team)
                .bind("user", slackUser)
                .bind("email", fresh.email())
                .bind("zone", fresh.zone())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute());
        return fresh;
    }

    /** Null unless it is a full member of this workspace, a human being, with an address that Slack has confirmed. */
    static @Nullable String confirmedEmail(String team, User member) {
        boolean person = !member.isBot()
                && !member.isAppUser()
                && !member.isWorkflowBot()
                && !member.isConnectorBot()
                && !member.isDeleted();
        boolean full = !member.isRestricted()
                && !member.isUltraRestricted()
                && !member.isStranger()
                && !member.isInvitedUser();
        if (!person || !full || !member.isEmailConfirmed() || !isOf(team, member) || member.getProfile() == null) {
            return null;
        }
        String email = member.getProfile().getEmail();
        return email == null || email.isBlank() ? null : email;
    }

    private static boolean isOf(String team, User member) {
        if (team.equals(member.getTeamId())) {
            return true;
        }
        User.EnterpriseUser enterprise = member.getEnterpriseUser();
        List<String> teams = enterprise == null ? null : enterprise.getTeams();
        return teams != null && teams.contains(team);
    }

    private static Asker inZone(Person person, @Nullable String zone) {
        Asker asker = People.asker(person);
        if (person.zone() != null || zone == null) {
            return asker;
        }
        try {
            ZoneId there = People.zone(zone);
            return asker.in(there);
        } catch (Failure.Rejected unknown) {
            return asker;
        }
    }
}
