package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Paths of another system that signs what it sends in a way of its own; whoever stands behind it checks that itself. What is taken is kept
 * before it is answered, and worked on later.
 */
public interface Postbox {
    /** One path, to be posted to. */
    record Entry(String path, String summary, String contentType) {}

    /** The headers by name (null if there is none of that name) and the body as it came. */
    record Delivery(String path, Function<String, @Nullable String> header, byte[] body) {}

    List<Entry> entries();

    /**
     * Checks what was sent.
     *
     * @return keeps it and says what is answered: JSON, or nothing
     * @throws Failure.Unauthenticated if the signature is not that of the body
     */
    Supplier<String> check(Delivery delivery);
}
