package ai.cscx.chorus.access;

import ai.cscx.chorus.base.Failure;
import java.util.Locale;

/** What a person may see and do; stored and sent in lower case. */
public enum Role {
    /** Sees the customers that they own. */
    CSM,
    /** Sees the customers of their team; all customers if they have no team. */
    LEADER,
    /** Sees everything, calls without a customer too, and the settings. */
    ADMIN,
    /** Acts for a person who is named with each request; sees nothing by itself. */
    SERVICE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws Failure.Rejected if it is no role
     */
    public static Role parse(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new Failure.Rejected("The role is one of csm, leader, admin, service.");
    }
}
