package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Sessions.Session;
import ai.cscx.chorus.base.Failure;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who is signed in looks at a page or sends a form. */
final class Visit {
    private static final int LONGEST_TEXT = 8_000;

    private final Context context;
    private final Session session;
    private final Reader reader;

    Visit(Context context, Session session, Reader reader) {
        this.context = context;
        this.session = session;
        this.reader = reader;
    }

    Asker asker() {
        return session.asker();
    }

    Session session() {
        return session;
    }

    Reader reader() {
        return reader;
    }

    Context context() {
        return context;
    }

    /** A parameter in the path. */
    String path(String name) {
        return context.pathParam(name);
    }

    /** The path with its query, to come back to. */
    String address() {
        String query = context.queryString();
        return context.path() + (query == null ? "" : "?" + query);
    }

    /** Whether a script of ours asks for a part of a page. */
    boolean isPart() {
        return context.header("HX-Request") != null;
    }

    /** A query parameter; blank is as good as none. */
    @Nullable
    String query(String name) {
        return text(name, context.queryParam(name));
    }

    /** A field of a form; blank is as good as none. */
    @Nullable
    String field(String name) {
        return text(name, context.formParam(name));
    }

    /** The query without what is blank, as {@code name=value&…}. */
    String filledQuery() {
        Map<String, String> filled = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> given : context.queryParamMap().entrySet()) {
            String value = query(given.getKey());
            if (value != null) {
                filled.put(given.getKey(), value);
            }
        }
        return encoded(filled);
    }

    /** Whether the query holds blanks, as a form with empty fields sends them. */
    boolean hasBlanks() {
        return context.queryParamMap().values().stream()
                .anyMatch(values -> values.stream().anyMatch(String::isBlank));
    }

    static String encoded(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }

    void html(String html) {
        context.html(html);
    }

    /** Tells the browser to get this page next: 303, so that reloading sends no form again. */
    void goTo(String address) {
        if (isPart()) {
            context.status(204).header("HX-Redirect", address);
        } else {
            context.status(303).header("Location", address);
        }
    }

    /**
     * @throws Failure.NotFound if it is no UUID
     */
    static UUID id(@Nullable String text, String otherwise) {
        try {
            if (text != null && text.length() == 36) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException noUuid) {
            throw new Failure.NotFound(otherwise, noUuid);
        }
        throw new Failure.NotFound(otherwise);
    }

    private static @Nullable String text(String name, @Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        String text = given.strip();
        if (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
            throw new Failure.Malformed("What stands in " + name + " is too long or holds a NUL.");
        }
        return text;
    }
}
