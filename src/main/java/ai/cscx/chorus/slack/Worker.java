package ai.cscx.chorus.slack;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Answer;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.store.Jobs.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what the inbox holds, as a durable job each. What Slack limits is put off by the wait it asked for; what Slack
 * refuses is given up and logged; what does not answer is tried again for a day. Thread-safe.
 */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofHours(24);

    private final Inbox inbox;
    private final Members members;
    private final Audience audience;
    private final Turns turns;
    private final Outbox outbox;
    private final HomeTab home;
    private final Clock realTime;

    Worker(Inbox inbox, Members members, Audience audience, Turns turns, Outbox outbox, HomeTab home, Clock realTime) {
        this.inbox = inbox;
        this.members = members;
        this.audience = audience;
        this.turns = turns;
        this.outbox = outbox;
        this.home = home;
        this.realTime = realTime;
    }

    Outcome run(Jobs.Job job) {
        Request request = inbox.find(Long.parseLong(job.key())).orElse(null);
        if (request == null || !request.waiting()) {
            return Outcome.DONE;
        }
        if (request.receivedAt().plus(STALE).isBefore(realTime.instant())) {
            LOG.warn("Slack request {} is given up: it could not be answered within a day", request.id());
            inbox.finish(request.id(), false);
            return Outcome.DONE;
        }
        if (inbox.isEarlierWaiting(request)) {
            return new Outcome.Later(TURN);
        }
        try {
            handle(request);
            inbox.finish(request.id(), true);
        } catch (Failure.RateLimited limited) {
            LOG.info(
                    "Slack request {} waits {} s, as Slack asked",
                    request.id(),
                    limited.retryAfter().toSeconds());
            return new Outcome.Later(limited.retryAfter());
        } catch (SlackRefusal refused) {
            LOG.warn("Slack request {} is given up: {}; see docs/slack.md", request.id(), refused.getMessage());
            inbox.finish(request.id(), false);
        } catch (Failure.Unavailable away) {
            throw away;
        } catch (RuntimeException defect) {
            if (job.failures() + 1 >= Inbox.JOB.tries()) {
                outbox.toAll(request, List.of(Message.of(Phrases.BROKE)));
            }
            throw defect;
        }
        return Outcome.DONE;
    }

    private void handle(Request request) {
        Optional<Asker> asker = members.asker(request.team(), request.slackUser());
        if (asker.isEmpty() && request.kind() == Kind.HOME) {
            home.showStranger(request);
            return;
        }
        if (asker.isEmpty()) {
            outbox.toAsker(request, List.of(Message.of(Phrases.UNKNOWN_PERSON)));
            return;
        }
        switch (request.kind()) {
            case QUESTION, COMMAND, CHOICE, CONFIRM, DECLINE -> answer(request, asker.get());
            case PAGE -> page(request, asker.get());
            case SHARE -> share(request, asker.get());
            case HOME -> home.show(request, asker.get());
        }
    }

    private void answer(Request request, Asker asker) {
        outbox.thinking(request);
        Answer answer;
        try {
            answer = turns.answer(request, asker);
        } catch (Failure.Rejected | Failure.NotFound | Failure.Conflict told) {
            outbox.privately(request, List.of(Message.of(Mrkdwn.escape(String.valueOf(told.getMessage())))));
            return;
        }
        boolean onlyAsker = audience.isWiderThan(asker, request.team(), request.channel());
        boolean shareable = onlyAsker && request.kind() != Kind.COMMAND;
        List<Message> messages = AnswerView.answer(answer, request.id(), shareable, true);
        try {
            if (onlyAsker) {
                outbox.privately(request, messages);
            } else {
                outbox.toAll(request, messages);
            }
        } catch (SlackRefusal refused) {
            if (!refused.code().contains("too_long") && !refused.code().contains("invalid_blocks")) {
                throw refused;
            }
            LOG.error("Slack does not take the blocks of request {}: {}; find out why", request.id(), refused.code());
            outbox.privately(request, List.of(Message.of(Phrases.UNSHOWABLE)));
        }
    }

    private void page(Request request, Asker asker) {
        Request origin = origin(request);
        Answer answer = origin == null ? null : turns.shown(origin, asker);
        if (origin == null || answer == null) {
            outbox.toAsker(request, List.of(Message.of(refused(origin, request))));
            return;
        }
        boolean onlyAsker = audience.isWiderThan(asker, request.team(), request.channel());
        List<Message> page = AnswerView.page(
                answer, origin.id(), request.id(), Turns.number(request.body()), asker.zone(), onlyAsker);
        if (page.isEmpty()) {
            outbox.toAsker(request, List.of(Message.of(Phrases.NO_MORE)));
        } else if (onlyAsker) {
            outbox.toAsker(request, page);
        } else {
            outbox.toAll(request, page);
        }
    }

    /** Shows others what the message with the button shows, and no more; only who asked may. */
    private void share(Request request, Asker asker) {
        Request shown = origin(request);
        if (shown == null || !isSame(shown, request)) {
            outbox.toAsker(request, List.of(Message.of(refused(shown, request))));
            return;
        }
        boolean page = shown.kind() == Kind.PAGE;
        Request origin = page ? origin(shown) : shown;
        Answer answer = origin == null ? null : turns.shown(origin, asker);
        if (answer == null) {
            outbox.toAsker(request, List.of(Message.of(Phrases.TOO_OLD)));
            return;
        }
        List<Message> messages = page
                ? AnswerView.sharedPage(answer, Turns.number(shown.body()), asker.zone(), request.slackUser())
                : AnswerView.shared(answer, request.slackUser());
        outbox.anew(request, messages);
    }

    private @Nullable Request origin(Request request) {
        Long id = Inbox.origin(request.body());
        return id == null
                ? null
                : inbox.find(id).filter(origin -> isSameRoom(origin, request)).orElse(null);
    }

    private static boolean isSameRoom(Request one, Request other) {
        return one.team().equals(other.team()) && one.channel().equals(other.channel());
    }

    private static boolean isSame(@Nullable Request shown, Request request) {
        return shown != null && shown.slackUser().equals(request.slackUser());
    }

    private static String refused(@Nullable Request origin, Request request) {
        return origin == null || isSame(origin, request) ? Phrases.TOO_OLD : Phrases.NOT_YOURS;
    }
}
