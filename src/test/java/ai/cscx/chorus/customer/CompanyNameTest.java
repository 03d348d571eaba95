package ai.cscx.chorus.customer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.base.CustomerId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompanyNameTest {
    private static final NameIndex INDEX = index(
            "Northwind Freight Systems, Inc.|Northwind Freight|NFS",
            "Northwind Health Partners|Northwind Health",
            "Cobalt & Finch LLP",
            "Vantage Loop, Inc.",
            "Delta Nine Robotics|Delta9|D9",
            "Granite Peak Insurance Company",
            "Evergreen Textiles Pvt. Ltd.");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Müller & Söhne GmbH & Co. KG|muller and sohne",
                "L'Oréal S.A.|loreal",
                "AT&T Inc.|at and t",
                "Mirabel Foods Int'l, S.A.|mirabel foods international",
                "Evergreen Textiles Pvt. Ltd.|evergreen textiles",
                "Łódź Sp. z o.o.|lodz",
                "Łódź sp zoo|lodz",
                "Łódź SP Z O O|lodz",
                "The Acme Company|acme",
                "Ferro  Dynamics AB|ferro dynamics",
                "Inc.|inc",
                "U.S. Steel Corp.|us steel"
            })
    void key_hasNoLegalFormPunctuationOrDiacritics(String name, String key) {
        assertThat(CompanyName.of(name).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NORTHWIND FREIGHT SYSTEMS INC|Northwind Freight Systems, Inc.",
                "Northwind Frieght|Northwind Freight Systems, Inc.",
                "Nothwind Health Partners|Northwind Health Partners",
                "Cobalt and Finch|Cobalt & Finch LLP",
                "VantageLoop|Vantage Loop, Inc.",
                "Granite Peak Ins. Co.|Granite Peak Insurance Company",
                "delta 9|Delta Nine Robotics"
            })
    void find_namesWrittenOtherwise_isSureOfOne(String given, String customer) {
        List<NameIndex.Alike> found = INDEX.find(given);

        assertThat(found.getFirst().customer().name()).isEqualTo(customer);
        assertThat(found.getFirst().score()).isGreaterThanOrEqualTo(0.86);
        assertThat(found.stream().skip(1).map(NameIndex.Alike::score)).allMatch(score -> score < 0.86);
    }

    @ParameterizedTest
    @CsvSource({"Northwind", "Evergreen", "Delta 8 Robotics", "Granite", "Finch", "GPI", "Granite Peak"})
    void find_wordsOfNames_isSureOfNone(String given) {
        assertThat(INDEX.find(given)).allMatch(alike -> alike.score() < 0.86);
    }

    private static NameIndex index(String... customers) {
        List<Entry> entries = new ArrayList<>();
        for (String names : customers) {
            List<String> all = Stream.of(names.split("\\|")).toList();
            entries.add(new Entry(
                    new CustomerId(UUID.randomUUID()),
                    all.getFirst(),
                    all.subList(1, all.size()),
                    List.of(),
                    null,
                    entries.size()));
        }
        return new NameIndex(entries);
    }

    @Test
    void nothingButPunctuation_findsNobody() {
        assertThat(INDEX.find(" – ")).isEmpty();
    }
}
