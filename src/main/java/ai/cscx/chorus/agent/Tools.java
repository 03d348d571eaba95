package ai.cscx.chorus.agent;

/** Names of the tools, as models see them. */
final class Tools {
    static final String LIST_CALLS = "list_calls";
    static final String GET_CALL = "get_call";
    static final String SEARCH_TRANSCRIPTS = "search_transcripts";
    static final String GET_TRANSCRIPT = "get_transcript";
    static final String LIST_ACTION_ITEMS = "list_action_items";
    static final String CREATE_TASK = "create_task";
    static final String COMPLETE_ACTION_ITEM = "complete_action_item";
    static final String GET_INSIGHTS = "get_insights";
    static final String GET_TRACKER_TRENDS = "get_tracker_trends";
    static final String GET_HEALTH = "get_health";
    static final String GET_PORTFOLIO = "get_portfolio";
    static final String GET_SYNC_STATUS = "get_sync_status";

    private Tools() {}
}
