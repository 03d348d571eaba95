package ai.cscx.chorus.signal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.Momentum.DealProgress;
import ai.cscx.chorus.call.Momentum.Evidence;
import ai.cscx.chorus.call.Momentum.Origin;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.signal.CallNumbers.Person;
import ai.cscx.chorus.signal.CallNumbers.TrackerCount;
import ai.cscx.chorus.signal.CallReader.Item;
import ai.cscx.chorus.signal.CallReader.Reading;
import ai.cscx.chorus.signal.CallReader.Recorded;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CallReaderTest {
    private static final List<Participant> PEOPLE = List.of(
            new Participant("Maria Lopez", "maria@cscx.example", null, null, Side.INTERNAL),
            new Participant("Paula Reyes", "Paula@northwind.example", null, "CFO", Side.EXTERNAL),
            new Participant("Guest 1", null, null, null, Side.UNKNOWN),
            new Participant("Tim Saldana", null, null, null, Side.EXTERNAL));
    private static final List<Utterance> SAID = List.of(
            said(0, "Maria Lopez", Side.INTERNAL, 0, 10, "Is it too expensive for you? We lost trust in that vendor."),
            said(1, "Paula Reyes", Side.EXTERNAL, 10, 40, "It is too expensive and we will not renew."),
            said(2, "Guest 1", Side.UNKNOWN, 40, 45, "That is unacceptable."),
            said(3, "Maria Lopez", Side.INTERNAL, 45, 55, "I'll send you a revised quote for forty seats tomorrow."),
            said(4, "Paula Reyes", Side.EXTERNAL, 55, 65, "Fine, and I'll ask our finance team for approval."));

    @Test
    void onlyTheCustomersOwnWords_countAsTheirs() {
        Reading read = CallReader.read(recorded(List.of(), null, List.of(), SAID));

        assertThat(read.numbers().objections()).isEqualTo(1);
        assertThat(read.numbers().declines()).isEqualTo(1);
        assertThat(read.quotes().of(Cue.OBJECTION)).extracting(Quote::utterance).containsExactly(1);
        assertThat(read.numbers().origin()).isEqualTo(Origin.DERIVED);
        assertThat(read.numbers().progress()).isNull();
    }

    @Test
    void share_isOfTheTalkOfBothSides() {
        assertThat(CallReader.theirShare(SAID)).isEqualTo(40.0 / 60);
        assertThat(CallReader.theirShare(List.of())).isNull();
        assertThat(CallReader.theirShare(List.of(SAID.get(2)))).isNull();
        // Without times it goes by letters.
        assertThat(CallReader.theirShare(List.of(
                        said(0, "a", Side.INTERNAL, 5, 5, "aaaa"), said(1, "b", Side.EXTERNAL, 6, 6, "bbbbbbbbbbbb"))))
                .isEqualTo(0.75);
    }

    @Test
    void people_areTheCustomers_byAddressOrElseName() {
        assertThat(CallReader.read(recorded(List.of(), null, List.of(), SAID))
                        .numbers()
                        .people())
                .containsExactly(
                        new Person("paula@northwind.example", "Paula Reyes"), new Person("tim saldana", "Tim Saldana"));
    }

    @Test
    void trackers_areCountedByName_andHeardFromTheCustomerOnly() {
        TrackerHits pricing = new TrackerHits(
                "t1", "Pricing", 4, List.of(new TrackerHits.Hit(1, 10_000), new TrackerHits.Hit(3, 45_000)));
        TrackerHits again = new TrackerHits("t2", " pricing ", 1, List.of());

        Reading read = CallReader.read(recorded(List.of(pricing, again), null, List.of(), SAID));

        assertThat(read.numbers().trackers()).containsExactly(new TrackerCount("pricing", 5, 1));
        assertThat(read.quotes().of("pricing"))
                .extracting(Quote::speaker, Quote::startMs)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Paula Reyes", 10_000L),
                        org.assertj.core.groups.Tuple.tuple("Maria Lopez", 45_000L));
    }

    @Test
    void actionItems_areNextSteps_atTheUtteranceThatPromisedThem() {
        Item ours = new Item("k1", "Send Paula a revised quote for forty seats tomorrow", Side.INTERNAL, null);
        Item theirs = new Item("k2", "Ask finance", Side.EXTERNAL, 60_000L);
        Item lost = new Item("k3", "Something about nothing in particular", Side.UNKNOWN, null);

        Reading read = CallReader.read(recorded(List.of(), null, List.of(ours, theirs, lost), SAID));

        assertThat(read.numbers().nextSteps()).isEqualTo(3);
        assertThat(read.numbers().theirSteps()).isEqualTo(1);
        assertThat(read.quotes().of(Cue.NEXT_STEP)).extracting(Quote::utterance).containsExactly(3, 4, null);
        assertThat(read.quotes().of(Cue.NEXT_STEP).getFirst().about()).isEqualTo(ours.text());
    }

    @Test
    void promiseThatOthersRepeat_isQuotedFromWhoMadeIt() {
        List<Utterance> said = List.of(
                said(0, "Paula Reyes", Side.EXTERNAL, 0, 5, "I'll share our legal comments by Tuesday."),
                said(
                        1,
                        "Maria Lopez",
                        Side.INTERNAL,
                        5,
                        9,
                        "So Paula will share legal comments on the contract by Tuesday."));
        Item item = new Item("k1", "Paula will share legal comments on the contract by Tuesday", Side.EXTERNAL, null);

        assertThat(CallReader.read(recorded(List.of(), null, List.of(item), said))
                        .quotes()
                        .of(Cue.NEXT_STEP))
                .extracting(Quote::utterance)
                .containsExactly(0);
        Item ours = new Item("k2", item.text(), Side.UNKNOWN, null);
        assertThat(CallReader.read(recorded(List.of(), null, List.of(ours), said))
                        .quotes()
                        .of(Cue.NEXT_STEP))
                .extracting(Quote::utterance)
                .containsExactly(1);
    }

    @Test
    void withoutActionItems_promisesInSoManyWords_areNextSteps() {
        Reading read = CallReader.read(recorded(List.of(), null, List.of(), SAID));

        assertThat(read.quotes().of(Cue.NEXT_STEP)).extracting(Quote::utterance).containsExactly(3, 4);
        assertThat(read.numbers().theirSteps()).isEqualTo(1);
    }

    @Test
    void sourceMomentum_goesBeforeOurs_andItsWordsFindTheirPlace() {
        Momentum source = new Momentum(
                DealProgress.STALLED,
                true,
                List.of(new Evidence("Ask finance for approval", 56_000L, null)),
                List.of(),
                List.of(
                        new Evidence("it is too expensive  and we will not renew.", null, null),
                        new Evidence("We ask too much", 12_000L, "Maria Lopez"),
                        new Evidence("Nobody knows who said this", null, null)),
                Origin.SOURCE);

        Reading read = CallReader.read(recorded(List.of(), source, List.of(), SAID));

        assertThat(read.numbers().origin()).isEqualTo(Origin.SOURCE);
        assertThat(read.numbers().progress()).isEqualTo(DealProgress.STALLED);
        assertThat(read.quotes().of(Cue.OBJECTION)).extracting(Quote::utterance).containsExactly(1, 1, null);
        // Two were said by the customer; nobody knows who said the third.
        assertThat(read.numbers().objections()).isEqualTo(2);
        assertThat(read.numbers().pricing()).isZero();
    }

    @Test
    void callWithoutAnything_hasNoOrigin() {
        assertThat(CallReader.read(recorded(List.of(), null, List.of(), List.of()))
                        .numbers()
                        .origin())
                .isNull();
    }

    @Test
    void otherLanguage_isReadByItsTrackersAlone() {
        Recorded german = new Recorded("de", PEOPLE, List.of(), null, List.of(), SAID);

        assertThat(CallReader.read(german).numbers().objections()).isZero();
        assertThat(CallReader.read(german).numbers().theirShare()).isNotNull();
    }

    private static Recorded recorded(
            List<TrackerHits> trackers, @Nullable Momentum momentum, List<Item> items, List<Utterance> said) {
        return new Recorded("en", PEOPLE, trackers, momentum, items, said);
    }

    private static Utterance said(int index, String speaker, Side side, long start, long end, String text) {
        return new Utterance(index, speaker, null, side, start * 1000, end * 1000, text, false);
    }
}
