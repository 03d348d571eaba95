package ai.cscx.chorus.pages;

import ai.cscx.chorus.call.Momentum.Origin;
import ai.cscx.chorus.signal.CustomerInsights.Finding;
import ai.cscx.chorus.signal.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words out of a call, and where they are.
 *
 * @param speaker null if nobody knows
 * @param place the moment or the day, as it is written
 * @param derived whether we took it for what it is, not Chorus
 */
record Quoted(String text, @Nullable String speaker, String place, String address, boolean derived) {

    static List<Quoted> of(List<Evidence> evidence) {
        return evidence.stream().map(Quoted::of).toList();
    }

    private static Quoted of(Evidence evidence) {
        Long startMs = evidence.startMs();
        return new Quoted(
                evidence.quote(),
                evidence.speaker(),
                startMs == null ? "the call" : Reader.place(startMs),
                Places.of(evidence.call(), startMs),
                false);
    }

    static Quoted of(Finding finding, Reader reader) {
        Evidence first =
                finding.evidence().isEmpty() ? null : finding.evidence().getFirst();
        return new Quoted(
                finding.text(),
                first == null ? null : first.speaker(),
                reader.day(finding.startedAt()),
                Places.of(finding.call(), first == null ? null : first.startMs()),
                finding.origin() == Origin.DERIVED);
    }
}
