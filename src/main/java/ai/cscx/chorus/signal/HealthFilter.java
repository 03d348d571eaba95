package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Which customers' health, in which order; null means "any".
 *
 * @param owner who owns the customer
 */
public record HealthFilter(@Nullable Band band, @Nullable UserId owner, Sort sort) {

    /** Equal ones by id. */
    public enum Sort {
        /** The lowest score first; those without one last. */
        LOWEST,
        /** By the customer's name. */
        NAME
    }
}
