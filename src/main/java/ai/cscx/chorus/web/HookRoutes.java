package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.HookId;
import ai.cscx.chorus.hook.Hooks;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is told of changes, and what became of it. */
final class HookRoutes {
    private static final int MOST_IDS = 1000;

    private final Hooks hooks;

    HookRoutes(Hooks hooks) {
        this.hooks = hooks;
    }

    /**
     * @param url https, to a public address
     * @param events some of task.created, task.updated, task.deleted, health.changed
     */
    record HookRequest(@Nullable String url, @Nullable List<String> events) {}

    /**
     * @param secret whsec_…, by which deliveries are signed; shown this once
     */
    record HookAdded(UUID id, URI url, List<String> events, boolean enabled, Instant createdAt, String secret) {
        @Override
        public String toString() {
            return "HookAdded[" + id + "]";
        }
    }

    record HookList(List<Hooks.Hook> items) {}

    /**
     * @param ids which deliveries; left out: all that are dead
     */
    record HookReplay(@Nullable List<UUID> ids) {
        HookReplay {
            if (ids != null && (ids.size() > MOST_IDS || ids.contains(null))) {
                throw new Failure.Rejected(
                        "The body does not fit.",
                        List.of(new Problem("/ids", "are at most " + MOST_IDS + " ids; leave them out for all")));
            }
            ids = ids == null ? null : List.copyOf(ids);
        }
    }

    /**
     * @param replayed how many deliveries are tried again
     */
    record HookReplayed(int replayed) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/hooks", "Lists the addresses that are told of changes")
                        .access(Access.ADMIN)
                        .answers(200, HookList.class)
                        .handledBy(exchange -> exchange.answer(200, new HookList(hooks.list(exchange.asker())))),
                Route.post(
                                "/api/hooks",
                                "Tells an address of changes from now on, signed as Standard Webhooks; the secret is shown"
                                        + " this once")
                        .access(Access.ADMIN)
                        .takes(HookRequest.class)
                        .answers(201, HookAdded.class)
                        .handledBy(this::add),
                // Before the routes of an id, which would take the word for one.
                Route.get("/api/hooks/deliveries", "Lists deliveries, newest first; dead ones can be replayed")
                        .access(Access.ADMIN)
                        .query(
                                QueryParameter.id("hookId", "Only to this hook"),
                                QueryParameter.oneOf("state", "Where it stands", Parameters.words(Hooks.State.class)))
                        .answersPagesOf(Hooks.Delivery.class)
                        .handledBy(this::deliveries),
                Route.post("/api/hooks/deliveries/replay", "Has dead deliveries tried again for three days, or all")
                        .access(Access.ADMIN)
                        .mayTake(HookReplay.class)
                        .answers(200, HookReplayed.class)
                        .handledBy(this::replay),
                Route.delete("/api/hooks/{id}", "Forgets a hook and what waits for it")
                        .access(Access.ADMIN)
                        .answersNothing(204)
                        .handledBy(this::remove));
    }

    private void add(Exchange exchange) {
        HookRequest body = exchange.body(HookRequest.class);
        Hooks.Added added = hooks.add(
                exchange.asker(),
                body.url() == null ? "" : body.url(),
                body.events() == null ? List.of() : body.events());
        Hooks.Hook hook = added.hook();
        exchange.created(
                new HookAdded(hook.id(), hook.url(), hook.events(), hook.enabled(), hook.createdAt(), added.secret()),
                "/api/hooks/" + hook.id());
    }

    private void deliveries(Exchange exchange) {
        Parameters query = exchange.query();
        exchange.answer(
                200,
                hooks.deliveries(
                        exchange.asker(),
                        query.id("hookId"),
                        query.word("state", Hooks.State.class),
                        query.cursor(),
                        query.limit()));
    }

    private void replay(Exchange exchange) {
        HookReplay body = exchange.optionalBody(HookReplay.class);
        exchange.answer(200, new HookReplayed(hooks.replay(exchange.asker(), body == null ? null : body.ids())));
    }

    private void remove(Exchange exchange) {
        hooks.remove(exchange.asker(), HookId.parse(exchange.path("id")).value());
        exchange.nothing();
    }
}
