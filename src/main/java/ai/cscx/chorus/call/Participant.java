package ai.cscx.chorus.call;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Somebody who was invited to or took part in a call. E-mail in lower case; blank texts are null. */
public record Participant(
        @Nullable String name,
        @Nullable String email,
        @Nullable String company,
        @Nullable String title,
        Side side) {
    public Participant {
        name = blankToNull(name);
        email = blankToNull(email);
        email = email == null ? null : email.toLowerCase(Locale.ROOT);
        company = blankToNull(company);
        title = blankToNull(title);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
