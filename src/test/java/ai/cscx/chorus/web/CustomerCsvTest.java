package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.customer.NewCustomer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CustomerCsvTest {
    private static final String HEADER = "name,aliases,domains,crm_id,owner_email,segment,renewal_date\n";
    private static final UserId MARIA = new UserId(new UUID(1, 1));

    @Test
    void row_complete_becomesACustomer() {
        NewCustomer customer = only(HEADER
                + "\"Northwind Freight Systems, Inc.\",Northwind; NWF ,northwind.example;www.nwf.example,C-1,"
                + "maria@cscx.example,Enterprise,2027-03-31\r\n");

        assertThat(customer.name()).isEqualTo("Northwind Freight Systems, Inc.");
        assertThat(customer.aliases()).containsExactly("Northwind", "NWF");
        assertThat(customer.domains()).containsExactly("northwind.example", "nwf.example");
        assertThat(customer.crmId()).isEqualTo("C-1");
        assertThat(customer.owner()).isEqualTo(MARIA);
        assertThat(customer.segment()).isEqualTo("Enterprise");
        assertThat(customer.renewalDate()).isEqualTo(LocalDate.of(2027, 3, 31));
    }

    @Test
    void row_withBlanksOnly_leavesThemOut() {
        NewCustomer customer = only(HEADER + "Acme,,,,,,");

        assertThat(customer).isEqualTo(new NewCustomer("Acme", List.of(), List.of(), null, null, null, null));
    }

    @Test
    void file_withByteOrderMarkAndAnotherOrderOfColumns_isRead() {
        NewCustomer customer = only("\uFEFFcrm_id,Name\nC-2,Müller & Söhne\n");

        assertThat(customer.name()).isEqualTo("Müller & Söhne");
        assertThat(customer.crmId()).isEqualTo("C-2");
    }

    @Test
    void lines_areThoseOfTheFile() {
        List<CustomerCsv.Row> rows = rows(HEADER + "A\n\n\"B\nB\",x\nC\n");

        assertThat(rows).extracting(CustomerCsv.Row::line).containsExactly(2L, 4L, 6L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",Alias,,,,,", // no name
                "A,,,,nobody@cscx.example,,", // unknown owner
                "A,,,,,,31.03.2027", // no ISO day
                "A,,not a domain,,,,",
                "A,,,,,,,extra",
                "A\0,,,,,,"
            })
    void row_wrong_isRejected(String line) {
        assertThatExceptionOfType(Failure.Rejected.class).isThrownBy(() -> only(HEADER + line + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n\n", "title,owner\nA,B\n", "name,name\nA,B\n", "crm_id\nA\n", "name\n\"open\nquote\n"})
    void file_thatIsNone_isMalformed(String csv) {
        assertThatExceptionOfType(Failure.Malformed.class).isThrownBy(() -> rows(csv));
    }

    @Test
    void file_inAnotherEncoding_isMalformed() {
        assertThatExceptionOfType(Failure.Malformed.class)
                .isThrownBy(() -> CustomerCsv.read("name\nMüller\n".getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static NewCustomer only(String csv) {
        List<CustomerCsv.Row> rows = rows(csv);
        assertThat(rows).hasSize(1);
        return CustomerImport.customer(rows.getFirst(), email -> email.equals("maria@cscx.example") ? MARIA : null);
    }

    private static List<CustomerCsv.Row> rows(String csv) {
        return CustomerCsv.read(csv.getBytes(UTF_8));
    }
}
