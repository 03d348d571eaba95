package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.upstream.Authorization;
import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.Dialect;
import ai.cscx.chorus.upstream.HeaderStyle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries a credential on Chorus, in every dialect and style that come into question. */
final class Probe {
    private final Opening opening;
    private final List<Dialect> dialects;
    private final String field;

    /**
     * @param field JSON pointer to what is wrong when Chorus refuses
     */
    Probe(Opening opening, List<Dialect> dialects, String field) {
        this.opening = opening;
        this.dialects = dialects;
        this.field = field;
    }

    /** Makes a client of the base URL that is tried. */
    @FunctionalInterface
    interface Opening {
        ChorusClient client(Dialect dialect, Authorization authorization);
    }

    record Candidate(HeaderStyle style, Authorization authorization) {}

    record Found(Dialect dialect, HeaderStyle style, String account) {}

    /**
     * @throws Failure.Rejected naming the field that is wrong
     */
    Found first(List<Candidate> candidates) {
        Failure.Rejected refusal = null;
        Failure.Rejected broken = null;
        for (Dialect dialect : dialects) {
            for (Candidate candidate : candidates) {
                try {
                    ChorusClient client = opening.client(dialect, candidate.authorization());
                    return new Found(dialect, candidate.style(), client.account());
                } catch (ChorusException.Refused refused) {
                    refusal = refusal(refused, candidates);
                } catch (ChorusException.Broken unusable) {
                    broken = rejected("/baseUrl", unusable.getMessage());
                } catch (ChorusException notNow) {
                    throw later(notNow);
                }
            }
        }
        throw refusal != null
                ? refusal
                : broken != null ? broken : rejected("/dialect", "names nothing that could be tried");
    }

    private Failure.Rejected refusal(ChorusException.Refused refused, List<Candidate> candidates) {
        if (refused.status() == 403) {
            throw rejected(field, refused.getMessage() + "; use the key of somebody who may");
        }
        String tried = String.join(
                ", ",
                candidates.stream().map(candidate -> candidate.style().word()).toList());
        return rejected(field, refused.getMessage() + ", sent as " + tried);
    }

    /** What has nothing to do with the credential. */
    static Failure later(ChorusException failed) {
        return switch (failed) {
            case ChorusException.RateLimited limited ->
                new Failure.RateLimited("Chorus asks to wait; try again later.", limited.retryAfter());
            case ChorusException.Away away ->
                new Failure.Unavailable(away.getMessage() + "; check the address and try again.", away);
            case ChorusException.Refused refused -> rejected("", refused.getMessage());
            case ChorusException.Broken broken -> rejected("/baseUrl", broken.getMessage());
        };
    }

    static Failure.Rejected rejected(String pointer, @Nullable String detail) {
        return new Failure.Rejected(
                "Chorus is not connected.", List.of(new Problem(pointer, detail == null ? "failed" : detail)));
    }
}
