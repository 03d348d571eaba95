package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.UserId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A customer to be: names stripped, domains in lower case without a leading {@code @} or {@code www.}.
 *
 * @throws Failure.Rejected if the name is blank or a domain is none; all problems at once
 */
public record NewCustomer(
        String name,
        List<String> aliases,
        List<String> domains,
        @Nullable String crmId,
        @Nullable UserId owner,
        @Nullable String segment,
        @Nullable LocalDate renewalDate) {
    private static final int LONGEST_NAME = 300;
    private static final Pattern DOMAIN =
            Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?(\\.[\\p{L}\\p{N}-]+)+");

    public NewCustomer {
        List<Problem> problems = new ArrayList<>();
        name = name.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            problems.add(new Problem("/name", "has 1 to " + LONGEST_NAME + " characters"));
        }
        aliases = aliases.stream()
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .distinct()
                .toList();
        domains = domains.stream()
                .map(domain -> domain.strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceFirst("^@", "")
                        .replaceFirst("^www\\.", ""))
                .filter(domain -> !domain.isEmpty())
                .distinct()
                .toList();
        for (int i = 0; i < domains.size(); i++) {
            if (!DOMAIN.matcher(domains.get(i)).matches()) {
                problems.add(new Problem("/domains/" + i, "is no domain; write it like example.com"));
            }
        }
        crmId = crmId == null || crmId.isBlank() ? null : crmId.strip();
        segment = segment == null || segment.isBlank() ? null : segment.strip();
        if (!problems.isEmpty()) {
            throw new Failure.Rejected("The customer cannot be saved.", problems);
        }
    }
}
