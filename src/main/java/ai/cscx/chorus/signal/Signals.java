package ai.cscx.chorus.signal;

import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import java.time.Clock;

/** Everything that this package answers and does, in one place. Thread-safe. */
public final class Signals {
    private final TrackerCategories categories;
    private final Trends trends;
    private final Mentions mentions;
    private final Insights insights;
    private final CallSignals calls;
    private final HealthScores health;
    private final SignalMappings mappings;
    private final FactWork facts;
    private final HealthWork healthWork;

    /**
     * @param clock the product's clock
     */
    public Signals(Database database, Clock clock) {
        this.categories = new TrackerCategories(database, clock);
        this.trends = new Trends(database, clock);
        this.mentions = new Mentions(database);
        this.insights = new Insights(database, clock);
        this.calls = new CallSignals(database);
        this.health = new HealthScores(database, clock);
        this.mappings = new SignalMappings(database, clock);
        this.facts = new FactWork(database, clock);
        this.healthWork = new HealthWork(database, clock);
    }

    public TrackerCategories categories() {
        return categories;
    }

    public Trends trends() {
        return trends;
    }

    public Mentions mentions() {
        return mentions;
    }

    public Insights insights() {
        return insights;
    }

    public CallSignals calls() {
        return calls;
    }

    public HealthScores health() {
        return health;
    }

    public SignalMappings mappings() {
        return mappings;
    }

    public void register(Jobs jobs) {
        jobs.every("read-facts", FactWork.PAUSE, facts::run);
        jobs.every("reckon-health", HealthWork.PAUSE, healthWork::run);
    }

    /** Does at once what waits to be done: for whoever cannot wait for the jobs. */
    public void catchUp() {
        facts.finish();
        healthWork.finish();
    }
}
