package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.Call.CustomerRef;
import ai.cscx.chorus.signal.HealthFormula.Part;
import ai.cscx.chorus.signal.HealthFormula.Standing;
import ai.cscx.chorus.signal.HealthFormula.Week;
import ai.cscx.chorus.signal.HealthReader.Settings;
import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Health as it is kept, so that a portfolio is read without reckoning. In the caller's transaction. */
final class HealthStore {
    private static final TypeReference<List<KeptPart>> PARTS = new TypeReference<>() {};
    private static final TypeReference<List<KeptWeek>> WEEKS = new TypeReference<>() {};

    /** A row that nothing has changed since; {@code h} is its name. */
    static final String FRESH = """
            (h.day = :day AND h.mapping = :mapping AND h.categories = :categories
                AND NOT EXISTS (SELECT 1 FROM chorus_health_due d WHERE d.customer_id = h.customer_id))
            """;

    private HealthStore() {}

    /** A component without words. */
    private record KeptPart(
            String insight,
            String signal,
            String unit,
            @Nullable Double value,
            double weight,
            @Nullable Double amount) {}

    /** One week; the Monday as ISO 8601. */
    private record KeptWeek(
            String monday, @Nullable Double score, @Nullable Band band) {}

    /** A request to reckon a customer's health. */
    record Due(long id, UUID customer) {}

    static List<Due> due(Handle handle, int most) {
        return handle.createQuery("SELECT id, customer_id FROM chorus_health_due ORDER BY id LIMIT :most")
                .bind("most", most)
                .map((row, context) -> new Due(row.getLong("id"), row.getObject("customer_id", UUID.class)))
                .list();
    }

    static void done(Handle handle, Collection<Due> due) {
        handle.createUpdate("DELETE FROM chorus_health_due WHERE id = ANY (:ids)")
                .bind("ids", due.stream().mapToLong(Due::id).toArray())
                .execute();
    }

    /** Notes that something changed for the customers of these calls. */
    static void changed(Handle handle, Collection<UUID> calls) {
        handle.createUpdate("""
                        INSERT INTO chorus_health_due (customer_id)
                        SELECT customer_id FROM chorus_calls WHERE id = ANY (:calls) AND customer_id IS NOT NULL
                        GROUP BY customer_id
                        """).bind("calls", calls.toArray(UUID[]::new)).execute();
    }

    /** Customers whose health is of another day or of other settings, or was never reckoned. */
    static List<UUID> outdated(Handle handle, LocalDate day, Settings settings, int most) {
        return handle.createQuery("""
                        SELECT cu.id FROM customers cu LEFT JOIN chorus_health h ON h.customer_id = cu.id
                        WHERE (h.day = :day AND h.mapping = :mapping AND h.categories = :categories) IS NOT TRUE
                        LIMIT :most
                        """)
                .bind("day", day)
                .bind("mapping", settings.mappingVersion())
                .bind("categories", settings.categoriesVersion())
                .bind("most", most)
                .mapTo(UUID.class)
                .list();
    }

    /** Keeps the standing of customers that are still there. */
    static void save(Handle handle, Map<UUID, Standing> standings, LocalDate day, Settings settings, Instant now) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_health (customer_id, day, mapping, categories, score, band, reason, components, trend, computed_at)
                SELECT id, :day, :mapping, :categories, :score, :band, :reason, :components::jsonb, :trend::jsonb, :now
                FROM customers WHERE id = :customer FOR KEY SHARE
                ON CONFLICT (customer_id) DO UPDATE SET day = excluded.day, mapping = excluded.mapping,
                    categories = excluded.categories, score = excluded.score, band = excluded.band, reason = excluded.reason,
                    components = excluded.components, trend = excluded.trend, computed_at = excluded.computed_at
                """);
        standings.forEach((customer, standing) -> batch.bind("customer", customer)
                .bind("day", day)
                .bind("mapping", settings.mappingVersion())
                .bind("categories", settings.categoriesVersion())
                .bind("score", standing.score())
                .bind("band", word(standing.band()))
                .bind("reason", standing.reason())
                .bind(
                        "components",
                        Json.write(
                                standing.parts().stream().map(HealthStore::kept).toList()))
                .bind(
                        "trend",
                        Json.write(
                                standing.trend().stream().map(HealthStore::kept).toList()))
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .add());
        batch.execute();
    }

    private static KeptPart kept(Part part) {
        return new KeptPart(
                part.rule().insight(),
                part.rule().signal(),
                part.rule().unit(),
                part.value(),
                part.rule().weight(),
                part.measured().amount());
    }

    private static KeptWeek kept(Week week) {
        return new KeptWeek(week.monday().toString(), week.score(), week.band());
    }

    /** A row with the customer's id and name. */
    static CustomerHealth health(ResultSet row, double weight) throws SQLException {
        double score = row.getDouble("score");
        Double known = row.wasNull() ? null : Double.valueOf(score);
        String band = row.getString("band");
        return new CustomerHealth(
                new CustomerRef(new CustomerId(row.getObject("id", UUID.class)), row.getString("name")),
                known,
                band == null ? null : Band.valueOf(band.toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                weight,
                row.getObject("day", LocalDate.class),
                Json.read(row.getString("components"), PARTS).stream()
                        .map(part -> new CustomerHealth.Component(
                                part.insight(),
                                part.signal(),
                                part.value(),
                                part.weight(),
                                part.amount(),
                                part.unit(),
                                null,
                                List.of()))
                        .toList(),
                Json.read(row.getString("trend"), WEEKS).stream()
                        .map(week -> new CustomerHealth.Week(LocalDate.parse(week.monday()), week.score(), week.band()))
                        .toList());
    }

    private static @Nullable String word(@Nullable Band band) {
        return band == null ? null : band.word();
    }
}
