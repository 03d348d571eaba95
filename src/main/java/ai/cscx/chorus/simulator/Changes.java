package ai.cscx.chorus.simulator;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Script.ActionItem;
import ai.cscx.chorus.simulator.SimulatedCall.Kind;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes the world while it is served. A change is seen by the next request; a list that somebody pages through keeps
 * its order. Methods throw {@link Failure.NotFound} for an unknown call and {@link Failure.Rejected} for what cannot
 * be. Safe for use by many threads; the same changes in the same order make the same world.
 */
public final class Changes {
    private static final long NEW_CALLS = 1L << 40;

    private final World world;
    private final Gate gate;
    private int changes;
    private int newCalls;

    Changes(World world, Gate gate) {
        this.world = world;
        this.gate = gate;
    }

    /** A call takes place; returns its id. */
    public synchronized String add(NewCall wanted) {
        String key = wanted.accountKey();
        Account account = key == null ? null : world.roster().customer(key);
        if (key != null && account == null) {
            throw new Failure.Rejected("There is no customer with this account key; the roster knows the keys.");
        }
        long seed = Dice.mix(world.settings().seed(), NEW_CALLS + newCalls);
        newCalls++;
        var owner = account == null
                ? world.roster().team().getFirst()
                : world.roster().member(account.owner());
        var call = new SimulatedCall(
                world,
                seed,
                wanted.startedAt(),
                60.0 * wanted.minutes(),
                account == null ? Kind.PROSPECT : Kind.CUSTOMER,
                account,
                wanted.state(),
                false,
                owner);
        changes++;
        world.add(call);
        return call.id();
    }

    /** Chorus has finished a call that was processing: its words are there from now on. */
    public void transcriptReady(String callId) {
        change(callId, call -> attended(call).edit().in(State.DONE));
    }

    /** Chorus works on the call (again): its words are not there. */
    public void processing(String callId) {
        change(callId, call -> attended(call).edit().in(State.PROCESSING));
    }

    public void makePrivate(String callId) {
        change(callId, call -> call.edit().hidden(true, call.isDeleted()));
    }

    public void delete(String callId) {
        change(callId, call -> call.edit().hidden(call.isPrivate(), true));
    }

    /** Neither private nor deleted any longer. */
    public void restore(String callId) {
        change(callId, call -> call.edit().hidden(false, false));
    }

    public void retitle(String callId, String title) {
        required(title, "title");
        change(callId, call -> call.edit().named(title));
    }

    /** Somebody was there too, without saying a word. */
    public void addParticipant(String callId, String name, @Nullable String email, Side side) {
        required(name, "name");
        change(callId, call -> attended(call).edit().joinedBy(Casting.latecomer(call, name, email, side)));
    }

    /**
     * Something else has to be done.
     *
     * @param owner name of a participant, null for nobody
     */
    public void addActionItem(String callId, String text, @Nullable String owner) {
        required(text, "text");
        change(callId, call -> {
            Participant doer = attended(call).participants().stream()
                    .filter(person -> person.name().equals(owner))
                    .findFirst()
                    .orElse(null);
            if (owner != null && doer == null) {
                throw new Failure.Rejected("owner must be the name of a participant of this call.");
            }
            Side side = doer == null ? Side.UNKNOWN : doer.side();
            return call.edit().promising(new ActionItem(text, owner, side, null, ActionItem.NOWHERE));
        });
    }

    /** Somebody has mended what Chorus misheard; it also brings back a text that had expired. */
    public void correctUtterance(String callId, int index, String text) {
        required(text, "text");
        change(callId, call -> {
            int utterances =
                    call.with(call.edit().in(State.DONE)).script().utterances().size();
            if (call.state() == State.NO_SHOW || index < 0 || index >= utterances) {
                throw new Failure.Rejected("index must be that of an utterance of this call.");
            }
            return call.edit().correcting(index, text);
        });
    }

    /** The token may read nothing any more: lists are empty and every call is not found. False gives it back. */
    public void loseRights(boolean lost) {
        world.rightsLost(lost);
    }

    /** The API key is refused. False lets it in again. Tokens of the OAuth server are not concerned. */
    public void revokeKey(boolean revoked) {
        gate.revoked(revoked);
    }

    private synchronized void change(String callId, Function<SimulatedCall, Edit> edit) {
        SimulatedCall call = world.call(callId);
        if (call == null) {
            throw new Failure.NotFound("There is no call with this id; /_simulator/calls lists them.");
        }
        Edit changed = edit.apply(call);
        changes++;
        world.replace(call.with(changed.at(modifiedAt(call))));
    }

    /** Later with each change, and later than the call. */
    private Instant modifiedAt(SimulatedCall call) {
        var after = call.startedAt().plusSeconds((long) call.durationSeconds() + 3600);
        var base = world.anchor().isAfter(after) ? world.anchor() : after;
        return base.plusSeconds(changes);
    }

    private static SimulatedCall attended(SimulatedCall call) {
        if (call.state() == State.NO_SHOW) {
            throw new Failure.Rejected("Nobody came to this call; choose another one.");
        }
        return call;
    }

    private static void required(String value, String what) {
        if (value.isBlank()) {
            throw new Failure.Rejected(what + " must not be blank.");
        }
    }
}
