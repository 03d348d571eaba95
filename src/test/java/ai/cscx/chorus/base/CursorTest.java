package ai.cscx.chorus.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
    @Test
    void cursor_encodedAndDecoded_isTheSame() {
        Cursor cursor = new Cursor("NEWEST", List.of("2026-01-01T00:00:00Z", "ä /+\u00e9"));

        assertThat(Cursor.decode(cursor.encode(), "NEWEST", 2)).isEqualTo(cursor);
    }

    @Test
    void cursor_ofAnotherOrdering_isRefused() {
        String text = new Cursor("NEWEST", List.of("a", "b")).encode();

        assertThatThrownBy(() -> Cursor.decode(text, "OLDEST", 2)).isInstanceOf(Failure.Malformed.class);
        assertThatThrownBy(() -> Cursor.decode(text, "NEWEST", 1)).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void cursor_thatIsNoBase64_isRefused() {
        assertThatThrownBy(() -> Cursor.decode("§§", "NEWEST", 2)).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void keys_thatAreForged_areRefused() {
        Cursor forged = new Cursor("x", List.of("+999999999-01-01T00:00:00Z", "soon", "1-2"));

        assertThatThrownBy(() -> forged.instant(0)).isInstanceOf(Failure.Malformed.class);
        assertThatThrownBy(() -> forged.instant(1)).isInstanceOf(Failure.Malformed.class);
        assertThatThrownBy(() -> forged.uuid(2)).isInstanceOf(Failure.Malformed.class);
        assertThatThrownBy(() -> forged.number(1)).isInstanceOf(Failure.Malformed.class);
        String zero = new Cursor("x", List.of("a\0b")).encode();
        assertThatThrownBy(() -> Cursor.decode(zero, "x", 1)).isInstanceOf(Failure.Malformed.class);
    }
}
