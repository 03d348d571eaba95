package ai.cscx.chorus.slack;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.TeamId;
import ai.cscx.chorus.base.UserId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may read what whom was answered. */
class AudienceTest {
    private static final TeamId EAST = new TeamId(new UUID(1, 1));
    private static final TeamId WEST = new TeamId(new UUID(1, 2));

    private final Asker admin = asker(1, Role.ADMIN, null);
    private final Asker head = asker(2, Role.LEADER, null);
    private final Asker east = asker(3, Role.LEADER, EAST);
    private final Asker west = asker(4, Role.LEADER, WEST);
    private final Asker dana = asker(5, Role.CSM, EAST);
    private final Asker marcus = asker(6, Role.CSM, EAST);
    private final Asker alone = asker(7, Role.CSM, null);

    private static Asker asker(int n, Role role, @Nullable TeamId team) {
        return new Asker(new UserId(new UUID(0, n)), "n", "n@cscx.example", role, team, ZoneOffset.UTC);
    }

    @Test
    void readers_whoMaySeeAllThatTheAskerMaySee_coverThem() {
        assertThat(Audience.covers(dana, dana)).isTrue();
        assertThat(Audience.covers(admin, head)).isTrue();
        assertThat(Audience.covers(admin, admin)).isTrue();
        assertThat(Audience.covers(head, dana)).isTrue();
        assertThat(Audience.covers(head, east)).isTrue();
        assertThat(Audience.covers(east, dana)).isTrue();
    }

    @Test
    void others_doNot() {
        assertThat(Audience.covers(marcus, dana)).as("csm of one team").isFalse();
        assertThat(Audience.covers(dana, east)).isFalse();
        assertThat(Audience.covers(head, admin)).as("calls without a customer").isFalse();
        assertThat(Audience.covers(west, east)).isFalse();
        assertThat(Audience.covers(west, dana)).isFalse();
        assertThat(Audience.covers(east, head)).isFalse();
        assertThat(Audience.covers(east, alone)).isFalse();
    }
}
