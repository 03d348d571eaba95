package ai.cscx.chorus.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.cscx.chorus.base.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDomainsTest {
    @ParameterizedTest
    @CsvSource({
        "mail.uk.zephyr.co.uk, mail.uk.zephyr.co.uk uk.zephyr.co.uk zephyr.co.uk",
        "northwind.example, northwind.example",
        "eu.northwind.example, eu.northwind.example northwind.example",
        "ovsd.k12.us, ovsd.k12.us k12.us",
        "co.uk, ''",
        "com, ''"
    })
    void lineage_endsWhereSomebodyRegistered(String domain, String lineage) {
        assertThat(String.join(" ", MailDomains.lineage(domain))).isEqualTo(lineage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gmail.com", "gmx.de", "web.de", "yahoo.co.uk", "outlook.com", "proton.me", "qq.com", "hey.com"})
    void isFree_forMailboxesAnybodyCanGet(String domain) {
        assertThat(MailDomains.isFree(domain)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"northwindfreight.com", "siemens.com", "google.com", "summitcounty.gov", "example.com"})
    void isFree_forCompanies_isFalse(String domain) {
        assertThat(MailDomains.isFree(domain)).isFalse();
    }

    @Test
    void of_anAddress_isItsDomainInAscii() {
        assertThat(MailDomains.of("Paula@Müller.DE")).isEqualTo("xn--mller-kva.de");
        assertThat(MailDomains.of("paula")).isNull();
        assertThat(MailDomains.of(null)).isNull();
    }

    @Test
    void ownDomains_thatAreAnybodys_areRefused() {
        assertThat(MatchingDomains.parse("cscx.example, @cscx.de,"))
                .containsExactlyInAnyOrder("cscx.example", "cscx.de");
        assertThatExceptionOfType(Failure.Rejected.class).isThrownBy(() -> MatchingDomains.parse("gmail.com"));
        assertThatExceptionOfType(Failure.Rejected.class).isThrownBy(() -> MatchingDomains.parse("co.uk"));
        assertThatExceptionOfType(Failure.Rejected.class).isThrownBy(() -> MatchingDomains.parse("nonsense"));
    }
}
