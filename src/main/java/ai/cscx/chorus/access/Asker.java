package ai.cscx.chorus.access;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TeamId;
import ai.cscx.chorus.base.UserId;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The person on whose behalf something is read or changed. Every read of customers' data takes one. */
public record Asker(
        UserId id,
        String name,
        String email,
        Role role,
        @Nullable TeamId team,
        ZoneId zone) {
    public Asker {
        if (role == Role.SERVICE) {
            throw new IllegalArgumentException("A service is never the asker; the person it acts for is");
        }
    }

    public Asker in(ZoneId otherZone) {
        return new Asker(id, name, email, role, team, otherZone);
    }

    /**
     * @throws Failure.Forbidden unless the asker is an admin
     */
    public void requireAdmin() {
        if (role != Role.ADMIN) {
            throw new Failure.Forbidden("Only an admin may do this; ask one, or sign in as one.");
        }
    }
}
