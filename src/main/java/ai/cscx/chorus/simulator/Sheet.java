package ai.cscx.chorus.simulator;

/** Something that is served about one call. */
enum Sheet {
    ROW(Dialect.ENGAGEMENTS) {
        @Override
        byte[] write(SimulatedCall call) {
            return Reply.written(json -> EngagementRow.write(json, call, false));
        }
    },
    ROW_WITH_TRACKERS(Dialect.ENGAGEMENTS) {
        @Override
        byte[] write(SimulatedCall call) {
            return Reply.written(json -> EngagementRow.write(json, call, true));
        }
    },
    CONVERSATION(Dialect.ENGAGEMENTS) {
        @Override
        byte[] write(SimulatedCall call) {
            return new ConversationDocument(call).written();
        }
    },
    ELEMENT(Dialect.CALLS) {
        @Override
        byte[] write(SimulatedCall call) {
            return Reply.written(json -> new CallDocument(call).element(json));
        }
    },
    CALL(Dialect.CALLS) {
        @Override
        byte[] write(SimulatedCall call) {
            return Reply.written(json -> new CallDocument(call).detail(json));
        }
    },
    TRANSCRIPT(Dialect.CALLS) {
        @Override
        byte[] write(SimulatedCall call) {
            return Reply.written(json -> CallParts.transcript(json, call));
        }
    },
    TRACKERS(Dialect.CALLS) {
        @Override
        byte[] write(SimulatedCall call) {
            return Reply.written(json -> CallParts.trackers(json, call));
        }
    };

    private final Dialect dialect;

    Sheet(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Part of a list, which is read again and again. */
    boolean listed() {
        return this == ROW || this == ROW_WITH_TRACKERS || this == ELEMENT;
    }

    abstract byte[] write(SimulatedCall call);
}
