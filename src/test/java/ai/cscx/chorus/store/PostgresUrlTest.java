package ai.cscx.chorus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import org.junit.jupiter.api.Test;

class PostgresUrlTest {
    @Test
    void url_withUserAndParameters_isTakenApart() {
        PostgresUrl url = PostgresUrl.parse("postgresql://me:p%2Fw@db.example:6543/cscx?sslmode=require");

        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6543/cscx?sslmode=require");
        assertThat(url.user()).isEqualTo("me");
        assertThat(url.password()).isEqualTo("p/w");
        assertThat(url.toString()).doesNotContain("p/w", "sslmode");
    }

    @Test
    void url_withoutUser_hasNone() {
        assertThat(PostgresUrl.parse("postgres://db/cscx"))
                .isEqualTo(new PostgresUrl("jdbc:postgresql://db/cscx", null, null));
    }

    @Test
    void url_ofSomethingElse_isRefusedWithoutRepeatingIt() {
        for (String wrong :
                new String[] {"mysql://a:secret@b/c", "postgres:///x", "postgres://secret host/x", "postgres://h"}) {
            assertThatThrownBy(() -> PostgresUrl.parse(wrong))
                    .isInstanceOf(Failure.Rejected.class)
                    .hasMessageNotContaining("secret");
        }
    }
}
