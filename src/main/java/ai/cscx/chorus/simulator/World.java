package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.ChorusSimulator.Settings;
import ai.cscx.chorus.simulator.Roster.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The made-up year: every call that took place before the anchor. The same settings make the same world, and the same
 * changes in the same order the same world after. Safe for use by many threads.
 */
public final class World {
    /** Newest first; calls that started together are told apart by id. The order of Chorus's list. */
    static final Comparator<SimulatedCall> NEWEST_FIRST = Comparator.comparing(SimulatedCall::startedAt)
            .thenComparing(SimulatedCall::id)
            .reversed();

    private final Roster roster;
    private final Phrasebook phrasebook;
    private final Settings settings;
    private final Map<String, SimulatedCall> byId;
    private final Map<String, List<Participant>> people;
    /** Never changed, only replaced: a list that is being paged through stays as it was. */
    private volatile List<SimulatedCall> calls;

    private volatile boolean rightsLost;

    private World(Roster roster, Phrasebook phrasebook, Settings settings) {
        this.roster = roster;
        this.phrasebook = phrasebook;
        this.settings = settings;
        this.byId = new ConcurrentHashMap<>();
        this.people = new ConcurrentHashMap<>();
        this.calls = List.of();
    }

    static World create(Settings settings) {
        Integer customers = settings.profile().customers();
        Roster roster = customers == null ? Roster.load() : Roster.load().withCustomers(customers);
        var world = new World(roster, Phrasebook.load(), settings);
        var calls = new ArrayList<SimulatedCall>(
                settings.given().isEmpty() ? new Diary(world).calls() : given(world, settings.given()));
        calls.sort(NEWEST_FIRST);
        calls.forEach(call -> world.byId.put(call.id(), call));
        world.calls = Collections.unmodifiableList(calls);
        return world;
    }

    private static List<SimulatedCall> given(World world, List<GivenCall> calls) {
        var owner = world.roster().team().getFirst();
        return calls.stream().map(call -> new SimulatedCall(world, call, owner)).toList();
    }

    public Roster roster() {
        return roster;
    }

    /** All calls as they are now, private and deleted ones included, newest first. */
    public List<SimulatedCall> calls() {
        return calls;
    }

    /** The call as it is now. */
    public @Nullable SimulatedCall call(String id) {
        return byId.get(id);
    }

    /** The calls that the token may read, as far as rights go: all of them, or none. */
    List<SimulatedCall> inReach() {
        return rightsLost ? List.of() : calls;
    }

    /** The call if it exists and the token may read it. */
    @Nullable
    SimulatedCall callInReach(String id) {
        SimulatedCall call = rightsLost ? null : call(id);
        return call == null || call.isDeleted() ? null : call;
    }

    void rightsLost(boolean lost) {
        rightsLost = lost;
    }

    /** The calls that Chorus lists in the dialect {@code engagements}, newest first. */
    List<SimulatedCall> listed() {
        return calls.stream().filter(SimulatedCall::isListed).toList();
    }

    synchronized void add(SimulatedCall call) {
        var next = new ArrayList<>(calls);
        next.add(Search.firstAt(next, other -> NEWEST_FIRST.compare(other, call) > 0), call);
        byId.put(call.id(), call);
        calls = Collections.unmodifiableList(next);
    }

    /** Puts a call in the place of its earlier version. */
    synchronized void replace(SimulatedCall call) {
        var next = new ArrayList<>(calls);
        next.set(Search.firstAt(next, other -> NEWEST_FIRST.compare(other, call) >= 0), call);
        byId.put(call.id(), call);
        calls = Collections.unmodifiableList(next);
    }

    /** The people of an account: known contacts, then invented colleagues. */
    List<Participant> people(Account account) {
        return people.computeIfAbsent(account.key(), fresh -> Casting.people(account));
    }

    Phrasebook phrasebook() {
        return phrasebook;
    }

    Settings settings() {
        return settings;
    }

    Instant anchor() {
        return settings.anchor();
    }
}
