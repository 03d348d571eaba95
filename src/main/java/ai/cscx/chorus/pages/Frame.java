package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.access.Role;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a page.
 *
 * @param title of the page
 * @param here the entry of the rail that it belongs to; null = none
 * @param person who is signed in
 * @param formKey what forms send along
 * @param alerts unseen ones; {@link #MOST_ALERTS} stands for that many or more
 * @param others whom this person may switch to; empty unless this is a demo
 * @param address of the page, to come back to
 * @param notice what everybody should know now; null = nothing
 */
record Frame(
        String title,
        @Nullable String here,
        Signed person,
        String formKey,
        int alerts,
        List<Person> others,
        String address,
        @Nullable Notice notice,
        Reader reader,
        Assets assets) {
    static final int MOST_ALERTS = 99;

    Frame {
        others = List.copyOf(others);
    }

    /** Who is signed in. */
    record Signed(String id, String name, String email, Role role) {
        boolean isAdmin() {
            return role == Role.ADMIN;
        }

        /** What stands in the round mark. */
        String initials() {
            StringBuilder initials = new StringBuilder();
            for (String word : name.strip().split("\\s+")) {
                if (!word.isEmpty() && initials.length() < 2) {
                    initials.appendCodePoint(word.codePointAt(0));
                }
            }
            return initials.toString().toUpperCase(Locale.ROOT);
        }
    }

    /**
     * A line above the page.
     *
     * @param kind info, warning or error
     * @param link where to do something about it; null = nowhere
     */
    record Notice(
            String kind,
            String text,
            @Nullable String link,
            @Nullable String linkText) {}

    Frame titled(String pageTitle, @Nullable String entry) {
        return new Frame(pageTitle, entry, person, formKey, alerts, others, address, notice, reader, assets);
    }

    static String roleName(Role role) {
        return switch (role) {
            case CSM -> "Customer success";
            case LEADER -> "Leader";
            case ADMIN -> "Admin";
            case SERVICE -> "Service";
        };
    }
}
