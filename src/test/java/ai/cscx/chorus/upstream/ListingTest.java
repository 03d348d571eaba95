package ai.cscx.chorus.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class ListingTest {
    @Test
    void listWithoutEnd_isBroken() {
        AtomicInteger pages = new AtomicInteger();
        Listing listing = new Listing(new Endless(pages), Instant.EPOCH, Instant.MAX);

        assertThatThrownBy(() -> {
                    while (!listing.isOver()) {
                        listing.page();
                    }
                })
                .isInstanceOf(ChorusException.Broken.class);
        assertThat(pages.get()).isEqualTo(2_000);
    }

    /** Never the same page or key twice. */
    private record Endless(AtomicInteger pages) implements ChorusClient {
        @Override
        public Dialect dialect() {
            return Dialect.CALLS;
        }

        @Override
        public String account() {
            return "endless";
        }

        @Override
        public ListPage page(Instant from, Instant until, @Nullable String next) {
            String id = "A" + pages.incrementAndGet();
            return new ListPage(List.of(new Listed(id, true, Instant.EPOCH, false, new byte[0])), List.of(), id);
        }

        @Override
        public Fetched fetch(String id) {
            return new Fetched.Gone(1);
        }

        @Override
        public @Nullable Webhooks webhooks() {
            return null;
        }
    }
}
