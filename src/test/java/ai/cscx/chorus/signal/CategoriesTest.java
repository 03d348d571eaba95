package ai.cscx.chorus.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CategoriesTest {
    @Test
    void names_suggestTheirCategory() {
        assertThat(Categories.suggestion("competitors")).isEqualTo(Categories.COMPETITOR);
        assertThat(Categories.suggestion("competitor - fleetlane")).isEqualTo(Categories.COMPETITOR);
        assertThat(Categories.suggestion("pricing")).isEqualTo(Categories.PRICING);
        assertThat(Categories.suggestion("churn risk")).isEqualTo(Categories.RISK);
        assertThat(Categories.suggestion("escalation")).isEqualTo(Categories.RISK);
        assertThat(Categories.suggestion("feature requests")).isEqualTo(Categories.FEATURE);
        assertThat(Categories.suggestion("customer push back")).isEqualTo(Categories.OBJECTION);
        assertThat(Categories.suggestion("onboarding")).isNull();
        assertThat(Categories.suggestion("enterprise")).isNull();
    }

    @Test
    void admin_goesBeforeSource_andSourceBeforeName() {
        Categories categories = new Categories(
                Map.of("pricing", "money", "escalation", ""), Map.of("pricing", "deal", "competitors", "market"));

        assertThat(categories.of("pricing")).isEqualTo("money");
        assertThat(categories.by("pricing")).isEqualTo(Categories.By.ADMIN);
        assertThat(categories.of("competitors")).isEqualTo("market");
        assertThat(categories.by("competitors")).isEqualTo(Categories.By.SOURCE);
        assertThat(categories.of("churn risk")).isEqualTo(Categories.RISK);
        assertThat(categories.by("churn risk")).isEqualTo(Categories.By.NAME);
        assertThat(categories.by("onboarding")).isNull();
    }

    @Test
    void trackerOfNoCategoryOnPurpose_isMapped() {
        Categories categories = new Categories(Map.of("escalation", ""), Map.of());

        assertThat(categories.of("escalation")).isNull();
        assertThat(categories.by("escalation")).isEqualTo(Categories.By.ADMIN);
        assertThat(categories.in(Categories.RISK, Set.of("escalation", "churn risk")))
                .containsExactly("churn risk");
    }
}
