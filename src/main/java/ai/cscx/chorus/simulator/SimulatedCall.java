package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Roster.TeamMember;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call with the truth about it, as it is at one moment: a change of the world makes a new one. Holds what a list needs
 * and nothing more; title, people and words are worked out anew each time they are asked for, always the same. Safe for
 * use by many threads.
 */
public final class SimulatedCall {
    /** How far Chorus is with a call. */
    public enum State {
        DONE,
        PROCESSING,
        NO_SHOW
    }

    /** Whom a call was with. */
    enum Kind {
        CUSTOMER,
        PROSPECT,
        FREE_MAIL,
        INTERNAL
    }

    private final World world;
    private final long seed;
    private final String id;
    private final Instant startedAt;
    private final double durationSeconds;
    private final Kind kind;
    private final @Nullable Account account;
    private final State state;
    private final boolean confidential;
    private final TeamMember owner;
    private final Edit edit;
    /** Who says what was said; null if it is made up. */
    private final @Nullable GivenCall given;
    /** Null in all but short-lived copies: a script is a hundred times the size of a call. */
    private final @Nullable Script script;

    SimulatedCall(
            World world,
            long seed,
            Instant startedAt,
            double durationSeconds,
            Kind kind,
            @Nullable Account account,
            State state,
            boolean confidential,
            TeamMember owner) {
        this.world = world;
        this.seed = seed;
        this.id = "%016X%016X".formatted(Dice.mix(seed, 1), Dice.mix(seed, 2));
        this.startedAt = startedAt;
        this.durationSeconds = durationSeconds;
        this.kind = kind;
        this.account = account;
        this.state = state;
        this.confidential = confidential;
        this.owner = owner;
        this.edit = Edit.NONE;
        this.given = null;
        this.script = null;
    }

    SimulatedCall(World world, GivenCall given, TeamMember owner) {
        this.world = world;
        this.seed = Dice.hash(given.id());
        this.id = given.id();
        this.startedAt = given.startedAt();
        this.durationSeconds = given.durationSeconds();
        this.kind = Kind.INTERNAL;
        this.account = null;
        this.state = State.DONE;
        this.confidential = false;
        this.owner = owner;
        this.edit = Edit.NONE;
        this.given = given;
        this.script = null;
    }

    private SimulatedCall(SimulatedCall before, Edit edit, @Nullable Script script) {
        this.world = before.world;
        this.seed = before.seed;
        this.id = before.id;
        this.startedAt = before.startedAt;
        this.durationSeconds = before.durationSeconds;
        this.kind = before.kind;
        this.account = before.account;
        this.state = before.state;
        this.confidential = before.confidential;
        this.owner = before.owner;
        this.edit = edit;
        this.given = before.given;
        this.script = script;
    }

    /** The same call after a change. */
    SimulatedCall with(Edit change) {
        return new SimulatedCall(this, change, null);
    }

    /** The same call holding on to its words, for whoever needs them several times. */
    SimulatedCall withScript() {
        return new SimulatedCall(this, edit, script());
    }

    Edit edit() {
        return edit;
    }

    public String id() {
        return id;
    }

    public String title() {
        String renamed = edit.title();
        if (renamed != null) {
            return renamed;
        }
        return given == null ? new Story(this).title() : given.title();
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** Zero for a call that nobody came to. */
    public double durationSeconds() {
        return durationSeconds;
    }

    /** The customer it belongs to; null if it belongs to none, and for a call that nobody came to. */
    public @Nullable String accountKey() {
        return account == null ? null : account.key();
    }

    public State state() {
        State changed = edit.state();
        return changed == null ? state : changed;
    }

    /** In the dialect {@code engagements} Chorus neither lists nor shows it; in {@code calls} it is marked. */
    public boolean isPrivate() {
        Boolean changed = edit.confidential();
        return changed == null ? confidential : changed;
    }

    /** Chorus knows it no more. */
    public boolean isDeleted() {
        return edit.deleted();
    }

    /** The dialect {@code engagements} lists and shows it. */
    public boolean isListed() {
        return !isPrivate() && !isDeleted();
    }

    /** Chorus gives out the words, or the certainty that there are none. */
    public boolean transcriptReady() {
        return state() != State.PROCESSING;
    }

    /** How often it was changed since the world was made. */
    public int version() {
        return edit.version();
    }

    public TeamMember owner() {
        return owner;
    }

    /** Empty for a call that nobody came to. */
    public List<Participant> participants() {
        List<Participant> cast = cast();
        if (edit.guests().isEmpty()) {
            return cast;
        }
        var people = new ArrayList<>(cast);
        people.addAll(edit.guests());
        return List.copyOf(people);
    }

    /** Those who speak: everybody who was there before any change. */
    List<Participant> cast() {
        if (given != null) {
            return given.cast(this);
        }
        return state == State.NO_SHOW ? List.of() : Casting.of(this);
    }

    /** What was said; silence unless the call is done. */
    public Script script() {
        if (script != null) {
            return script;
        }
        if (state() != State.DONE) {
            return Script.SILENCE;
        }
        return edit.applied(given == null ? new ScriptWriter(this).write() : given.script(this));
    }

    /** Chorus knows the customer's CRM id; otherwise only e-mail addresses tell who it is. */
    boolean knowsCrmId() {
        return account != null && new Dice(seed, "crm").chance(0.75);
    }

    World world() {
        return world;
    }

    long seed() {
        return seed;
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    Account account() {
        return account;
    }

    Dice dice(String purpose) {
        return new Dice(seed, purpose);
    }
}
