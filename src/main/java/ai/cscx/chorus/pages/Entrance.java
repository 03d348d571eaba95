package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.access.Sessions;
import ai.cscx.chorus.access.Sessions.Session;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.UserId;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at a page, by the key in their cookie; and whether a form that arrives is one of ours. Thread-safe.
 *
 * <p>Demo mode knows its people to everybody on this machine: who comes without a session is signed in, unless they have
 * signed out. It looks at the name that the browser asked for, so that no stranger's name that resolves to this machine
 * gets in.
 */
final class Entrance {
    static final String FORM_KEY = "formKey";
    private static final String SIGNED_OUT = "cscx_signed_out";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Sessions sessions;
    private final Supplier<URI> publicUrl;
    private final Supplier<List<Person>> demoPeople;

    /**
     * @param publicUrl where browsers reach us
     * @param demoPeople whom everybody on this machine may sign in as; empty unless this is a demo
     */
    Entrance(Sessions sessions, Supplier<URI> publicUrl, Supplier<List<Person>> demoPeople) {
        this.sessions = sessions;
        this.publicUrl = publicUrl;
        this.demoPeople = demoPeople;
    }

    List<Person> demoPeople() {
        return demoPeople.get();
    }

    /** The session of the request; null if there is none and nobody is signed in for free. */
    @Nullable
    Session session(Context context) {
        String key = context.cookie(cookieName());
        Optional<Session> known = key == null ? Optional.empty() : sessions.find(key, zone(context));
        if (known.isPresent()) {
            if (known.get().newKey() != null) {
                keep(context, known.get());
            }
            return known.get();
        }
        return newcomer(context);
    }

    /** The session of the request, signed in for free or not; null if there is none. */
    @Nullable
    Session existing(Context context) {
        String key = context.cookie(cookieName());
        return key == null ? null : sessions.find(key, zone(context)).orElse(null);
    }

    /**
     * @throws Failure.Unauthenticated if the token is unknown or expired
     */
    void signIn(Context context, String token) {
        requireOurs(context);
        Session old = existing(context);
        keep(context, sessions.open(token, zone(context)));
        if (old != null) {
            sessions.close(old.id());
        }
    }

    /**
     * @throws Failure.NotFound unless everybody may sign in as this person
     */
    void switchTo(Context context, UserId person) {
        requireOurs(context);
        if (!onThisMachine(context)
                || demoPeople.get().stream().noneMatch(one -> one.id().equals(person))) {
            throw new Failure.NotFound("There is nobody with this id to sign in as.");
        }
        Session old = existing(context);
        keep(context, sessions.open(person, zone(context)));
        if (old != null) {
            sessions.close(old.id());
        }
    }

    void signOut(Context context, Session session) {
        sessions.close(session.id());
        context.cookie(cookie(cookieName(), "", 0));
        context.cookie(cookie(SIGNED_OUT, "1", -1));
    }

    /**
     * @throws Failure.Forbidden unless the form was drawn for this session
     */
    void requireOwnForm(Context context, Session session) {
        requireOurs(context);
        String sent = context.formParam(FORM_KEY);
        if (sent == null
                || !MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8), session.formKey().getBytes(StandardCharsets.UTF_8))) {
            throw new Failure.Forbidden(
                    "This form is from an earlier sign-in. Go back, reload the page and try again.");
        }
    }

    static boolean changes(Context context) {
        return !context.method().equals(HandlerType.GET) && !context.method().equals(HandlerType.HEAD);
    }

    /** Browsers say from where a form is sent (W3C Fetch Metadata); older ones name the origin. */
    private void requireOurs(Context context) {
        String site = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        boolean ours = site != null
                ? site.equals("same-origin")
                : origin == null || origin.equals(origin(publicUrl.get())) || isHost(context, origin);
        if (!ours) {
            throw new Failure.Forbidden("This was sent from another site. Open the page here and try again.");
        }
    }

    private static boolean isHost(Context context, String origin) {
        return origin.equals("http://" + context.host()) || origin.equals("https://" + context.host());
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    private @Nullable Session newcomer(Context context) {
        if (context.cookie(SIGNED_OUT) != null || !onThisMachine(context)) {
            return null;
        }
        List<Person> people = demoPeople.get();
        if (people.isEmpty()) {
            return null;
        }
        Person first = people.stream()
                .filter(person -> person.role() == Role.ADMIN)
                .findFirst()
                .orElse(people.getFirst());
        Session session = sessions.open(first.id(), zone(context));
        keep(context, session);
        return session;
    }

    /** The browser's, as our script notes it. */
    private static @Nullable ZoneId zone(Context context) {
        return Reader.zone(context.cookie("zone"));
    }

    private static boolean onThisMachine(Context context) {
        String host = context.host();
        return host != null && LOOPBACK.contains(host.replaceFirst(":\\d+$", ""));
    }

    private void keep(Context context, Session session) {
        if (session.newKey() != null) {
            context.cookie(cookie(cookieName(), session.newKey(), (int) Sessions.LONGEST.toSeconds()));
            context.cookie(cookie(SIGNED_OUT, "", 0));
        }
    }

    /** Browsers accept a name with this prefix only for the host itself, over TLS (RFC 6265bis, 4.1.3.2). */
    private String cookieName() {
        return secure() ? "__Host-cscx_session" : "cscx_session";
    }

    private boolean secure() {
        return "https".equals(publicUrl.get().getScheme());
    }

    private Cookie cookie(String name, String value, int maxAgeSeconds) {
        return new Cookie(name, value, "/", maxAgeSeconds, secure(), true, null, SameSite.LAX);
    }
}
