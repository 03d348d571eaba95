package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How long deciding takes: {@code MatchingSpeed customers calls}. Makes a roster and calls of every sort, decides each
 * once to warm up and once for the figures.
 */
final class MatchingSpeed {
    private static final String[] FIRST = {
        "North", "Blue", "Silver", "Granite", "Summit", "Cedar", "Delta", "Iron", "Bright", "Quarter", "Lumen", "Over",
        "River", "Salt", "Coral", "Polar", "Harbor", "Maple", "Vantage", "Zephyr", "Kestrel", "Oak", "Pine", "Ferro"
    };
    private static final String[] SECOND = {
        "wind", "field", "stone", "bridge", "line", "gate", "peak", "crest", "wood", "land", "port", "brook", "ridge",
        "view"
    };
    private static final String[] THIRD = {
        "Freight",
        "Health",
        "Foods",
        "Energy",
        "Software",
        "Insurance",
        "Media",
        "Robotics",
        "Learning",
        "Textiles",
        "Mining",
        "Hospitality",
        "Airlines",
        "Analytics",
        "Paper",
        "Storage",
        "Genomics",
        "Furniture"
    };
    private static final String[] FORM = {"Inc.", "GmbH", "Ltd", "LLC", "S.A.", "Group", "Holdings", "AB"};

    private static final int SORTS = 4;

    private MatchingSpeed() {}

    public static void main(String[] arguments) {
        int customers = Integer.parseInt(arguments[0]);
        int calls = Integer.parseInt(arguments[1]);
        try (MatchingRig rig = new MatchingRig(MatchingDomains.NONE)) {
            System.out.println(measure(rig, customers, calls));
        }
        System.exit(0);
    }

    static String measure(MatchingRig rig, int customers, int calls) {
        Random random = new Random(194);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            String name = FIRST[random.nextInt(FIRST.length)] + SECOND[random.nextInt(SECOND.length)] + " "
                    + THIRD[random.nextInt(THIRD.length)] + " " + FORM[random.nextInt(FORM.length)];
            names.add(name);
        }
        rig.database.transact(handle -> {
            var batch = handle.prepareBatch(
                    "INSERT INTO customers (name, aliases, domains, crm_id) VALUES (:n, '{}', :d, :c)");
            for (int i = 0; i < names.size(); i++) {
                batch.bind("n", names.get(i))
                        .bind("d", new String[] {"c" + i + ".example"})
                        .bind("c", "CRM-" + i)
                        .add();
            }
            batch.execute();
        });
        List<CallId> saved = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            saved.add(rig.save(call(i, names, random)));
        }
        rig.database.transact(handle -> handle.execute("ANALYZE chorus_calls, customers"));
        long[] nanos = new long[saved.size()];
        long[] bySort = new long[SORTS];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < saved.size(); i++) {
                CallId id = saved.get(i);
                nanos[i] = rig.database.inTransaction(handle -> {
                    CallStore.Matchable call = rig.calls.matchable(handle, id).orElseThrow();
                    long before = System.nanoTime();
                    rig.matcher.decide(handle, call);
                    return System.nanoTime() - before;
                });
                rig.match(id);
            }
        }
        for (int i = 0; i < nanos.length; i++) {
            bySort[i % SORTS] += nanos[i];
        }
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "%d customers, %d calls: deciding one takes %.2f ms on average, median %.2f, 95th percentile %.2f;"
                        + " by CRM id %.2f, domain %.2f, account %.2f, misspelled name %.2f",
                customers,
                calls,
                Arrays.stream(nanos).average().orElse(0) / 1e6,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 95 / 100] / 1e6,
                bySort[0] * SORTS / 1e6 / calls,
                bySort[1] * SORTS / 1e6 / calls,
                bySort[2] * SORTS / 1e6 / calls,
                bySort[3] * SORTS / 1e6 / calls);
    }

    private static MatchingRig.Listed call(int i, List<String> names, Random random) {
        int customer = random.nextInt(names.size());
        String name = names.get(customer);
        boolean crm = i % 4 == 0;
        String domain =
                i % 4 == 1 ? "c" + customer + ".example" : i % 2 == 0 ? "gmail.com" : "unknown" + customer + ".example";
        String written = name.substring(0, name.length() / 2) + name.substring(name.length() / 2 + 1);
        return new MatchingRig.Listed(
                "S-" + i,
                "Check-in with " + name,
                MatchingRig.NOW,
                "maria@cscx.example",
                "Maria Lopez",
                crm ? "CRM-" + customer : null,
                i % 4 == 2 ? "A-" + customer : null,
                i % 4 == 3 ? written : null,
                i % 10 == 0 ? "series-" + customer : null,
                List.of(
                        new Participant("Maria Lopez", "maria@cscx.example", null, null, Side.INTERNAL),
                        new Participant("A", "a" + customer + "@" + domain, null, null, Side.EXTERNAL),
                        new Participant("B", "b" + customer + "@" + domain, null, null, Side.UNKNOWN)));
    }
}
