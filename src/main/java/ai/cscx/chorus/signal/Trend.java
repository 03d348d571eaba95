package ai.cscx.chorus.signal;

import ai.cscx.chorus.call.Call;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * How often one tracker came up in one group of calls, and in the stretch before.
 *
 * @param category null if the tracker belongs to none
 * @param week its Monday, if grouped by week; the other groups likewise
 * @param count mentions
 * @param previous mentions in the stretch before
 * @param change of the count against the stretch before, as a share of it: 0.5 = half as many again; null after none
 * @param calls all calls of the group that trackers could listen to
 * @param previousCalls likewise, in the stretch before
 * @param callsWith those in which it came up
 * @param previousCallsWith likewise, in the stretch before
 * @param chance how likely a difference at least as large would be if nothing had changed, 0–1
 * @param significant whether that is a trend and no chance; a few calls never are
 */
public record Trend(
        String tracker,
        @Nullable String category,
        @Nullable LocalDate week,
        @Nullable YearMonth month,
        Call.@Nullable CustomerRef customer,
        @Nullable String owner,
        long count,
        long previous,
        @Nullable Double change,
        long calls,
        long previousCalls,
        long callsWith,
        long previousCallsWith,
        double chance,
        boolean significant) {}
