package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.Side;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A search request that tests narrow step by step. */
record Requests(SearchRequest build) {
    static Requests of(String q) {
        return new Requests(new SearchRequest(
                q,
                Set.of(),
                TimeRange.ALWAYS,
                null,
                null,
                null,
                null,
                Mode.LEXICAL,
                SearchRequest.Need.MOST,
                50,
                null));
    }

    Requests withCustomers(CustomerId... customers) {
        return with(Set.of(customers), build.range(), build.speaker(), build.side(), build.call(), build.owner());
    }

    Requests withRange(TimeRange range) {
        return with(build.customers(), range, build.speaker(), build.side(), build.call(), build.owner());
    }

    Requests withSpeaker(String speaker) {
        return with(build.customers(), build.range(), speaker, build.side(), build.call(), build.owner());
    }

    Requests withSide(Side side) {
        return with(build.customers(), build.range(), build.speaker(), side, build.call(), build.owner());
    }

    Requests withCall(CallId call) {
        return with(build.customers(), build.range(), build.speaker(), build.side(), call, build.owner());
    }

    Requests withOwner(String owner) {
        return with(build.customers(), build.range(), build.speaker(), build.side(), build.call(), owner);
    }

    Requests withNeed(SearchRequest.Need need) {
        return page(build.mode(), need, build.limit(), build.cursor());
    }

    Requests withMode(Mode mode) {
        return page(mode, build.need(), build.limit(), build.cursor());
    }

    Requests withLimit(int limit) {
        return page(build.mode(), build.need(), limit, build.cursor());
    }

    Requests after(@Nullable String cursor) {
        return page(build.mode(), build.need(), build.limit(), cursor);
    }

    private Requests page(Mode mode, SearchRequest.Need need, int limit, @Nullable String cursor) {
        return new Requests(new SearchRequest(
                build.q(),
                build.customers(),
                build.range(),
                build.speaker(),
                build.side(),
                build.call(),
                build.owner(),
                mode,
                need,
                limit,
                cursor));
    }

    private Requests with(
            Set<CustomerId> customers,
            TimeRange range,
            @Nullable String speaker,
            @Nullable Side side,
            @Nullable CallId call,
            @Nullable String owner) {
        return new Requests(new SearchRequest(
                build.q(),
                customers,
                range,
                speaker,
                side,
                call,
                owner,
                build.mode(),
                build.need(),
                build.limit(),
                build.cursor()));
    }
}
