package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.ChorusSimulator.Settings;
import ai.cscx.chorus.simulator.Roster.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The made-up year: every call that took place before the anchor. The same settings make the same world. */
public final class World {
    /** Newest first; calls that started together are told apart by id. The order of Chorus's list. */
    static final Comparator<SimulatedCall> NEWEST_FIRST = Comparator.comparing(SimulatedCall::startedAt)
            .thenComparing(SimulatedCall::id)
            .reversed();

    private final Roster roster;
    private final Phrasebook phrasebook;
    private final Settings settings;
    private final List<SimulatedCall> calls;
    private final List<SimulatedCall> listed;
    private final Map<String, SimulatedCall> byId;
    private final Map<String, List<Participant>> people;

    private World(Roster roster, Phrasebook phrasebook, Settings settings) {
        this.roster = roster;
        this.phrasebook = phrasebook;
        this.settings = settings;
        this.calls = new ArrayList<>();
        this.listed = new ArrayList<>();
        this.byId = new HashMap<>();
        this.people = new ConcurrentHashMap<>();
    }

    static World create(Settings settings) {
        var world = new World(Roster.load(), Phrasebook.load(), settings);
        world.calls.addAll(new Diary(world).calls());
        world.calls.sort(NEWEST_FIRST);
        for (SimulatedCall call : world.calls) {
            world.byId.put(call.id(), call);
            if (!call.isPrivate()) {
                world.listed.add(call);
            }
        }
        return world;
    }

    public Roster roster() {
        return roster;
    }

    /** All calls, private ones included, newest first. */
    public List<SimulatedCall> calls() {
        return Collections.unmodifiableList(calls);
    }

    public @Nullable SimulatedCall call(String id) {
        return byId.get(id);
    }

    /** The calls that Chorus lists, newest first. */
    List<SimulatedCall> listed() {
        return listed;
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
