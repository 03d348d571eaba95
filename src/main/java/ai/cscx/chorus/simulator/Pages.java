package ai.cscx.chorus.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is served about single calls: written when it is asked for, or beforehand. The newest list rows are kept, a bounded
 * number of them, since each costs a script. A changed call is another object and never found under its old sheets.
 */
final class Pages {
    private static final int ROWS_KEPT = 25_000;

    private final Map<SimulatedCall, Map<Sheet, byte[]>> prerendered = new ConcurrentHashMap<>();
    private final Map<Sheet, Map<SimulatedCall, byte[]>> rows = new EnumMap<>(Sheet.class);

    Pages() {
        for (Sheet sheet : Sheet.values()) {
            if (sheet.listed()) {
                rows.put(sheet, Collections.synchronizedMap(new Latest()));
            }
        }
    }

    /** Writes every sheet of every call that is served. */
    void prerender(World world) {
        world.calls().parallelStream().forEach(call -> {
            var sheets = new EnumMap<Sheet, byte[]>(Sheet.class);
            SimulatedCall scripted = call.withScript();
            for (Sheet sheet : Sheet.values()) {
                if (world.settings().dialects().contains(sheet.dialect())) {
                    sheets.put(sheet, sheet.write(scripted));
                }
            }
            prerendered.put(call, sheets);
        });
    }

    byte[] sheet(Sheet sheet, SimulatedCall call) {
        byte[] ready = prerendered.getOrDefault(call, Map.of()).get(sheet);
        if (ready != null) {
            return ready;
        }
        Map<SimulatedCall, byte[]> kept = rows.get(sheet);
        if (kept == null) {
            return sheet.write(call);
        }
        byte[] row = kept.get(call);
        if (row == null) {
            row = sheet.write(call);
            kept.put(call, row);
        }
        return row;
    }

    /** A sheet to be written into a list as it is. */
    String raw(Sheet sheet, SimulatedCall call) {
        return new String(sheet(sheet, call), StandardCharsets.UTF_8);
    }

    private static final class Latest extends LinkedHashMap<SimulatedCall, byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SimulatedCall, byte[]> eldest) {
            return size() > ROWS_KEPT;
        }
    }
}
