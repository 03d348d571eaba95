package ai.cscx.chorus.web;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.customer.NewCustomer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries a customer import out, row by row: a wrong row is told and left out, the others count. */
final class CustomerImport {
    private final Customers customers;
    private final People people;

    CustomerImport(Customers customers, People people) {
        this.customers = customers;
        this.people = people;
    }

    record Imported(int created, int updated, List<RejectedRow> rejected) {}

    /**
     * @param line of the file where the row begins; the header is line 1
     */
    record RejectedRow(long line, String reason) {}

    /** Finds a person by e-mail address. */
    @FunctionalInterface
    interface Owners {
        @Nullable
        UserId find(String email);
    }

    Imported run(byte[] csv) {
        List<CustomerCsv.Row> rows = CustomerCsv.read(csv);
        Map<String, Optional<UserId>> known = new HashMap<>();
        Owners owners = email -> known.computeIfAbsent(
                        email.toLowerCase(Locale.ROOT),
                        address -> people.byEmail(address).map(People.Person::id))
                .orElse(null);
        int created = 0;
        int updated = 0;
        List<RejectedRow> rejected = new ArrayList<>();
        for (CustomerCsv.Row row : rows) {
            try {
                switch (customers.ensure(customer(row, owners))) {
                    case CREATED -> created++;
                    case UPDATED -> updated++;
                }
            } catch (Failure.Rejected wrong) {
                rejected.add(new RejectedRow(row.line(), reason(wrong)));
            }
        }
        return new Imported(created, updated, rejected);
    }

    /**
     * @throws Failure.Rejected if the row is wrong
     */
    static NewCustomer customer(CustomerCsv.Row row, Owners owners) {
        if (row.tooLong()) {
            throw new Failure.Rejected(
                    "The row has more values than the header has columns; quote values with commas.");
        }
        if (row.values().values().stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
            throw new Failure.Rejected("The row holds a NUL.");
        }
        String email = row.value("owner_email");
        UserId owner = email == null ? null : owners.find(email);
        if (email != null && owner == null) {
            throw new Failure.Rejected("owner_email is nobody's; add the person with POST /api/users first.");
        }
        return new NewCustomer(
                Objects.requireNonNullElse(row.value("name"), ""),
                row.list("aliases"),
                row.list("domains"),
                row.value("crm_id"),
                owner,
                row.value("segment"),
                day(row.value("renewal_date")));
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            throw new Failure.Rejected("renewal_date is a day such as 2027-03-31.", unreadable);
        }
    }

    private static String reason(Failure.Rejected wrong) {
        if (wrong.problems().isEmpty()) {
            return String.valueOf(wrong.getMessage());
        }
        return wrong.problems().stream()
                .map(problem -> problem.pointer().substring(1) + " " + problem.detail())
                .collect(Collectors.joining("; "));
    }
}
