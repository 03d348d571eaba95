package ai.cscx.chorus.slack;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.agent.Assistant;
import ai.cscx.chorus.alert.Alerts;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.task.Tasks;
import ai.cscx.chorus.web.Postbox;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The bot in Slack. Its constructor sends nothing; without a bot token it never does. Thread-safe.
 *
 * <p>What comes through the postbox is kept, with a job, before it is acknowledged; jobs answer it, on any instance.
 */
public final class SlackBot implements AutoCloseable {
    private static final Duration BETWEEN_CLEANINGS = Duration.ofHours(6);

    private final Inbox inbox;
    private final SlackPostbox postbox;
    private final @Nullable WebApi api;
    private final @Nullable Worker worker;

    /**
     * What the bot works with.
     *
     * @param clock the product's
     * @param realTime by which Slack signs
     */
    public record Features(
            Database database,
            Jobs jobs,
            People people,
            Assistant assistant,
            Tasks tasks,
            Alerts alerts,
            Clock clock,
            Clock realTime) {}

    public SlackBot(SlackSettings settings, Features features) {
        Database database = features.database();
        this.inbox = new Inbox(database, features.jobs());
        this.postbox = new SlackPostbox(settings, inbox, features.realTime());
        String token = settings.botToken();
        if (token == null) {
            this.api = null;
            this.worker = null;
            return;
        }
        WebApi made = new WebApi(token, settings.apiUrl(), new Pauses(database));
        Members members = new Members(database, features.people(), made, features.realTime());
        this.api = made;
        this.worker = new Worker(
                inbox,
                members,
                new Audience(made, members),
                new Turns(inbox, features.assistant(), new Texts(members, made), features.clock()),
                new Outbox(made, new Posts(database, made)),
                new HomeTab(made, features.tasks(), features.alerts(), features.clock()),
                features.realTime());
    }

    /** Where Slack sends to. */
    public Postbox postbox() {
        return postbox;
    }

    /** Says what answers. Only before the jobs are started; without a bot token nothing is answered. */
    public void register(Jobs jobs) {
        if (worker != null) {
            jobs.handle(
                    Inbox.JOB,
                    worker::run,
                    (handle, job, error) -> Inbox.finish(handle, Long.parseLong(job.key()), false));
            jobs.every("slack-forget", BETWEEN_CLEANINGS, inbox::forgetOld);
        }
    }

    @Override
    public void close() throws Exception {
        if (api != null) {
            api.close();
        }
    }
}
