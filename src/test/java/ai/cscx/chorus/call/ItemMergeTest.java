package ai.cscx.chorus.call;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.call.ItemMerge.Kept;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ItemMergeTest {
    private static final Kept QUOTE =
            kept("a", "Send Wile a revised quote for 20 more seats by Friday", "Dana Whitfield");
    private static final Kept PARTS =
            kept("b", "Send the list of duplicate rocket sled parts to Wile", "Dana Whitfield");
    private static final Kept PLAN = kept("c", "Draft a rollout plan for Phoenix and send it to Wile", null);

    @Test
    void rewordedReorderedAndRenumbered_areTheSame() {
        NewActionItem plan = listed("a", "Dana to send Wile a draft rollout plan for Phoenix", null);
        NewActionItem parts = listed("x", "Share duplicate rocket sled parts list", "Dana Whitfield");
        NewActionItem quote = listed("b", "Wile gets a revised quote covering 20 additional seats", null);

        assertThat(ItemMerge.of(List.of(QUOTE, PARTS, PLAN), List.of(plan, parts, quote)))
                .isEqualTo(Map.of(plan, PLAN, parts, PARTS, quote, QUOTE));
    }

    @Test
    void idsThatChangedPlaces_followTheWords() {
        NewActionItem parts = listed("a", PARTS.text(), null);
        NewActionItem quote = listed("b", QUOTE.text(), null);

        assertThat(ItemMerge.of(List.of(QUOTE, PARTS), List.of(parts, quote)))
                .isEqualTo(Map.of(parts, PARTS, quote, QUOTE));
    }

    @Test
    void anotherItem_isNew_evenIfItLooksAlike() {
        NewActionItem quote = listed("a", QUOTE.text(), "Dana Whitfield");
        NewActionItem other = listed("d", "Send Wile the security questionnaire by Friday", "Dana Whitfield");

        assertThat(ItemMerge.of(List.of(QUOTE, PLAN), List.of(quote, other))).isEqualTo(Map.of(quote, QUOTE));
    }

    @Test
    void somebodyElsesItem_isNotTheSame() {
        NewActionItem theirs = listed("z", "Send the list of duplicate rocket sled parts", "Wile Coyote");

        assertThat(ItemMerge.of(List.of(PARTS), List.of(theirs))).isEmpty();
    }

    @Test
    void sameTextTwice_isTwoItems() {
        NewActionItem one = listed("1", "Send the notes", null);
        NewActionItem other = listed("2", "Send the notes", null);

        assertThat(ItemMerge.of(List.of(kept("1", "Send the notes", null)), List.of(one, other)))
                .hasSize(1);
    }

    private static Kept kept(String key, String text, @Nullable String owner) {
        return new Kept(UUID.randomUUID(), key, text, owner, null);
    }

    private static NewActionItem listed(String key, String text, @Nullable String owner) {
        return new NewActionItem(key, text, owner, Side.INTERNAL, null, null);
    }
}
