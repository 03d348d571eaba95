package ai.cscx.chorus.pages;

import io.javalin.http.Context;

/** Headers of every page: nothing but what is ours runs or is loaded, in no frame, and nothing is kept. */
final class Protection {
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Protection() {}

    static void of(Context context) {
        context.header("Content-Security-Policy", CONTENT_POLICY)
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cache-Control", "no-store");
    }
}
