package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.access.Sessions.Session;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.UserId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signing in with a token, switching person in a demo, signing out. */
final class SignInPages {
    private static final String PATH = "/login";
    private static final int LONGEST_TOKEN = 4_096;

    private final Entrance entrance;
    private final Templates templates;
    private final Assets assets;

    SignInPages(Entrance entrance, Templates templates, Assets assets) {
        this.entrance = entrance;
        this.templates = templates;
        this.assets = assets;
    }

    /**
     * @param next where to go afterwards
     * @param error what was wrong with the last try; null = nothing
     * @param people who may sign in without a token
     * @param signedIn name of who is signed in; null = nobody
     */
    record LoginPage(
            String next,
            @Nullable String error,
            List<Person> people,
            @Nullable String signedIn,
            Assets assets) {
        LoginPage {
            people = List.copyOf(people);
        }
    }

    void addTo(RoutesConfig routes) {
        routes.get(PATH, context -> show(context, null));
        routes.post(PATH, this::signIn);
        routes.post("/switch", this::switchPerson);
        routes.post("/logout", this::signOut);
    }

    /** Sends somebody who is not signed in here, and back afterwards. */
    static void first(Context context) {
        boolean part = context.header("HX-Request") != null;
        String query = context.queryString();
        String address = context.path() + (query == null ? "" : "?" + query);
        String next = Entrance.changes(context) || part || address.equals("/")
                ? PATH
                : PATH + "?" + Visit.encoded(Map.of("next", address));
        if (part) {
            context.status(401).header("HX-Redirect", next);
        } else {
            context.status(303).header("Location", next);
        }
    }

    private void show(Context context, @Nullable String error) {
        Protection.of(context);
        Session session = entrance.existing(context);
        String next = error == null ? context.queryParam("next") : context.formParam("next");
        context.html(templates.draw(
                "login",
                new LoginPage(
                        here(next),
                        error,
                        entrance.demoPeople(),
                        session == null ? null : session.asker().name(),
                        assets)));
    }

    private void signIn(Context context) {
        String token = context.formParam("token");
        String given = token == null ? "" : token.strip();
        try {
            if (given.isEmpty() || given.length() > LONGEST_TOKEN) {
                throw new Failure.Unauthenticated("Type in your token; an admin can make you one.");
            }
            entrance.signIn(context, given);
        } catch (Failure.Unauthenticated unknown) {
            context.status(401);
            show(context, unknown.getMessage());
            return;
        } catch (Failure.Forbidden service) {
            context.status(403);
            show(context, service.getMessage());
            return;
        }
        context.status(303).header("Location", here(context.formParam("next")));
    }

    private void switchPerson(Context context) {
        entrance.switchTo(context, new UserId(Visit.id(context.formParam("person"), "There is nobody to sign in as.")));
        context.status(303).header("Location", here(context.formParam("next")));
    }

    private void signOut(Context context) {
        Session session = entrance.existing(context);
        if (session != null) {
            entrance.requireOwnForm(context, session);
            entrance.signOut(context, session);
        }
        context.status(303).header("Location", PATH);
    }

    /** The address if it is one of ours, else the first page: nobody is led astray by a link. */
    static String here(@Nullable String address) {
        if (address == null || address.startsWith(PATH) || address.startsWith("/logout")) {
            return "/";
        }
        return address.matches("/(?![/\\\\])[\\x21-\\x7e]*") ? address : "/";
    }
}
