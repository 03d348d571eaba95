package ai.cscx.chorus.agent;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells by the pattern of a sentence ({@link Shape}) which tool it wants. */
final class Intents {
    private static final String SUMMARY =
            "(?:summary|summarize|summaries|recap|recaps|sum up|overview|tldr|highlights?|debrief|rundown|key points|main points|takeaways|gist|brief me|catch me up|fill me in|wrap up|minutes|notes|outcome|outcomes|walk me through|run me through)";
    private static final String ORDER = "(?:last|latest|most recent|newest|recent|first|earliest|previous|initial)";
    private static final String SAYING =
            "(?:mention\\w*|say|said|says|saying|talk(?:s|ed|ing)? about|spoke about|discuss\\w*|bring up|brought up|complain\\w*|rais(?:e|es|ed|ing)|describ\\w+|refer\\w* to|explain\\w*|ask(?:s|ed|ing)? (?:about|for)|think\\w* (?:about|of)|thought (?:about|of)|feel\\w* about|touch\\w* on|express\\w*|quot\\w+|comment\\w*|claim\\w*|report\\w*|worr\\w+ about|hear\\w* about|heard about|tell us about|told us about|flag\\w*)";
    private static final String LIST = "(?:list|show|see|view|display|pull|get|give|find|fetch|which|what|all|any)";

    /** Every pattern that speaks for a tool, and how strongly. */
    private static final List<Rule> RULES = List.of(
            // searching what was said
            rule(
                    Tools.SEARCH_TRANSCRIPTS,
                    0.95,
                    "(?:who|anyone|anybody|someone|CUST|PERS|they|them|customers?|accounts?|people|we|he|she|did|has|have|where|when|moment|side) (?:\\S+ ){0,6}"
                            + SAYING + " (?:\\S+ )*\\S"),
            rule(Tools.SEARCH_TRANSCRIPTS, 0.975, "^ (?:\\S+ ){0,3}search "),
            rule(
                    Tools.SEARCH_TRANSCRIPTS,
                    0.9,
                    "(?:find|look for|looking for|show|locate|get|list) (?:\\S+ ){0,4}(?:where|mentions?|mentioning|quotes?|passages?|snippets?|moments?|anything|something|references?) "),
            rule(
                    Tools.SEARCH_TRANSCRIPTS,
                    0.93,
                    "(?:calls?|transcripts?) (?:\\S+ ){0,4}(?:mention\\w*|about|where|discuss\\w*|in which|regarding|talking|that talk|covering|containing|concerning|referenc\\w+) "),
            rule(
                    Tools.SEARCH_TRANSCRIPTS,
                    0.85,
                    " (?:mentions? of|any mention|mentioned|mentioning|quotes? (?:about|on)|passages? (?:about|on)|anything about|anything on|feedback (?:about|on)) "),
            rule(
                    Tools.SEARCH_TRANSCRIPTS,
                    0.7,
                    "^ (?:CUST |PERS |in |at |from |DATE |with )*QUOTE(?: CUST| PERS| in| at| from| DATE| with| calls?)* $"),
            rule(Tools.SEARCH_TRANSCRIPTS, 0.8, " (?:find|look for|looking for) QUOTE "),
            rule(
                    Tools.SEARCH_TRANSCRIPTS,
                    0.8,
                    " (?:what|which) (?:\\S+ ){0,2}(?:concerns?|questions?|complaints?|issues?|problems?|feedback) (?:\\S+ ){0,3}(?:CUST|PERS|customers?) (?:\\S+ )?(?:had|have|raise|raised|about|with|around)"),
            rule(Tools.SEARCH_TRANSCRIPTS, 0.62, "^ (?:find|look for) (?!calls?|items?|open|my|all)\\S+ "),
            rule(
                    Tools.SEARCH_TRANSCRIPTS,
                    0.6,
                    " what (?:did|does|has|have) (?:CUST|PERS|they|he|she) (?:say|said|mention|think|ask|complain|raise|want) "),
            // action items
            rule(Tools.LIST_ACTION_ITEMS, 0.925, " (?:items|todos) "),
            rule(
                    Tools.LIST_ACTION_ITEMS,
                    0.85,
                    " what (?:did|has|have) (?:PERS|i|we|CUST) (?:\\S+ )?(?:complete|completed|finish|finished|close|closed|get done|got done|deliver|delivered) "),
            rule(
                    Tools.LIST_ACTION_ITEMS,
                    0.87,
                    " (?:open|outstanding|pending|overdue|completed|done|closed|unfinished|late|due) (?:\\S+ ){0,2}items? "),
            rule(Tools.LIST_ACTION_ITEMS, 0.9, " (?:owes?|owed|owing) "),
            rule(Tools.LIST_ACTION_ITEMS, 0.9, " (?:promised?|promises|commit|committed|agreed to) "),
            rule(Tools.LIST_ACTION_ITEMS, 0.9, " (?:overdue|past due|next actions?) "),
            rule(
                    Tools.LIST_ACTION_ITEMS,
                    0.85,
                    " (?:is|are|s|have|anything|what|whats|items|everything) (?:\\S+ ){0,2}due "),
            rule(Tools.LIST_ACTION_ITEMS, 0.85, " (?:on|off) (?:my|PERS's|our) plate "),
            rule(
                    Tools.LIST_ACTION_ITEMS,
                    0.85,
                    "(?:what|anything|which) (?:\\S+ ){0,4}(?:completed|finished|done|outstanding|pending|left to do|still open|unresolved|got done|closed) "),
            rule(
                    Tools.LIST_ACTION_ITEMS,
                    0.85,
                    " what (?:do|did|should|must|does|have) (?:i|we|PERS) (?:\\S+ )?(?:need to|have to|to) (?:do|deliver|send|finish) "),
            rule(Tools.LIST_ACTION_ITEMS, 0.8, " what (?:is|s) (?:still )?(?:open|outstanding|pending|left|overdue) "),
            rule(Tools.LIST_ACTION_ITEMS, 0.8, "^ (?:open|outstanding|pending) (?:with|for|at|CUST|DATE)"),
            rule(Tools.LIST_ACTION_ITEMS, 0.8, " (?:item) (?:list|for|from|with|CUST|PERS)"),
            // one call
            rule(Tools.GET_CALL, 0.9, " last time (?:we|i|PERS|they) "),
            rule(Tools.GET_CALL, 0.94, SUMMARY + " (?:\\S+ ){0,8}(?:call|CUST|PERS|DATE)"),
            rule(Tools.GET_CALL, 0.94, "(?:CUST|PERS|call|call's|DATE)(?:'s)? (?:\\S+ ){0,4}" + SUMMARY + " "),
            rule(Tools.GET_CALL, 0.92, " " + ORDER + " (?:\\S+ ){0,3}call "),
            rule(Tools.GET_CALL, 0.92, " call (?:\\S+ ){0,2}before (?:that|last|it|this) "),
            rule(
                    Tools.GET_CALL,
                    0.94,
                    " what (?:happened|was (?:discussed|said|covered|decided|agreed)|got discussed|did (?:we|they|you|PERS|CUST) (?:talk about|discuss|cover|decide|agree on?)|came out|came up) (?:\\S+ ){0,8}(?:call|CUST|PERS|DATE)"),
            rule(
                    Tools.GET_CALL,
                    0.96,
                    " what (?:happened|was (?:discussed|said|covered|decided)|did (?:we|they) (?:talk about|discuss|cover)) (?:\\S+ ){0,6}(?:call) "),
            rule(Tools.GET_CALL, 0.9, " how did (?:\\S+ ){0,5}(?:call|demo|qbr|kickoff|it|CUST) (?:\\S+ ){0,6}go "),
            rule(
                    Tools.GET_CALL,
                    0.93,
                    " who (?:was|were|all was|else was|attended|joined|participated|is|showed up|came|from \\S+ (?:attended|joined|was))(?: (?:\\S+ ){0,8})?(?:call|CUST|DATE)"),
            rule(
                    Tools.GET_CALL,
                    0.92,
                    " (?:attendees?|participants?|attendance|duration|length|recording) (?:\\S+ ){0,5}(?:call|CUST)"),
            rule(
                    Tools.GET_CALL,
                    0.9,
                    " when (?:was|is|did|have) (?:\\S+ ){0,3}(?:last|latest|most recent|previous|first) "),
            rule(
                    Tools.GET_CALL,
                    0.85,
                    " (?:tell me|details?|info|more|information|walk me|open|show|bring up|pull up|play) (?:\\S+ ){0,5}call "),
            rule(Tools.GET_CALL, 0.8, "(?:CUST|PERS|PERS's|CUST's) (?:\\S+ ){0,2}call (?:\\S+ )?DATE"),
            rule(Tools.GET_CALL, 0.8, "DATE(?:'s)? (?:\\S+ ){0,2}(?:call with|CUST call|PERS call)"),
            rule(Tools.GET_CALL, 0.78, " the (?:\\S+ ){0,2}call (?:\\S+ ){0,4}DATE"),
            rule(Tools.GET_CALL, 0.6, "^ (?:call|the call) (?:with )?(?:CUST|PERS)"),
            rule(Tools.GET_CALL, 0.6, "^ (?:CUST|PERS)(?:'s)? call $"),
            // calls
            rule(Tools.LIST_CALLS, 0.97, " calls? (?:history|log) "),
            rule(
                    Tools.LIST_CALLS,
                    0.97,
                    " calls (?:where|in which) (?:PERS|i|we|they) (?:was|were|is|are|joined|attended|participated|took part)"),
            rule(Tools.LIST_CALLS, 0.9, " " + LIST + " (?:\\S+ ){0,6}calls "),
            rule(Tools.LIST_CALLS, 0.86, " calls "),
            rule(Tools.LIST_CALLS, 0.9, " how (?:many|often) (?:\\S+ ){0,3}(?:calls|times) "),
            rule(Tools.LIST_CALLS, 0.86, " (?:any|a|another) call "),
            rule(
                    Tools.LIST_CALLS,
                    0.84,
                    "(?:have|did|had|has|when) (?:we|i|they|anyone|PERS|you|somebody|someone|CUST) (?:\\S+ ){0,3}(?:meet|met|speak|spoken|spoke|talk|talked|call|called|chat|connect)(?: (?:with|to))? (?:\\S+ ){0,2}(?:CUST|PERS|DATE|us)"),
            rule(
                    Tools.LIST_CALLS,
                    0.8,
                    " (?:who|which customers|which accounts|whom) (?:did|have|has|had) (?:we|i|PERS|they) (?:\\S+ ){0,2}(?:meet|met|speak|spoken|spoke|talk|talked|call|called) "),
            // what others will fill
            rule(
                    Tools.GET_TRANSCRIPT,
                    0.96,
                    "^ (?:\\S+ ){0,4}(?:transcripts?|full text|verbatim) (?!for QUOTE|about|where|mention)"),
            rule(Tools.GET_TRANSCRIPT, 0.94, " (?:full|whole|entire|complete|raw|the|read) transcripts? "),
            rule(Tools.GET_TRANSCRIPT, 0.94, " (?:CUST|PERS|call)(?:'s)? transcripts? "),
            rule(
                    Tools.CREATE_TASK,
                    0.98,
                    "^ (?:please |can you |could you |pls |hey )*(?:create|add|make|set up|log|open a|new|put|raise|file|need) (?:\\S+ ){0,4}(?:item|reminder|todo|to do|follow up|items) "),
            rule(Tools.CREATE_TASK, 0.98, " (?:remind (?:me|us|PERS)|note to self|set a reminder) "),
            rule(Tools.CREATE_TASK, 0.97, "^ (?:item|todo|reminder|to do) (?:for|to|that) "),
            rule(
                    Tools.CREATE_TASK,
                    0.97,
                    "^ (?:follow up with|assign|schedule a follow|have PERS|get PERS to|ask PERS to|tell PERS to) "),
            rule(
                    Tools.COMPLETE_ACTION_ITEM,
                    0.97,
                    "^ (?:please |can you |could you |pls )*(?:mark|close|complete|finish|tick|check off|resolve|set|cross off|check) (?!calls?\\b)(?!items? (?:DATE|for|with))"),
            rule(
                    Tools.COMPLETE_ACTION_ITEM,
                    0.97,
                    " (?:close|complete|finish|mark|tick off|check off) (?:that|this|it|the|my|out|them) "),
            rule(
                    Tools.COMPLETE_ACTION_ITEM,
                    0.9,
                    "^ (?!what|which|who|show|list|anything|is|are|how|any|get|has|have)(?:\\S+ ){1,8}(?:is|are|was|got|has been) (?:now )?(?:done|completed|finished|sent|delivered|closed) $"),
            rule(
                    Tools.GET_INSIGHTS,
                    0.955,
                    " (?:objections?|momentum|sentiment|buying signals?|pricing (?:talks?|discussions?|concerns?|feedback)|insights?|talk of pricing) "),
            rule(Tools.GET_INSIGHTS, 0.91, " next steps? "),
            rule(
                    Tools.GET_TRACKER_TRENDS,
                    0.97,
                    " (?:trackers?|trends?|trending|how often|more often|less often|spik\\w+|more frequently|over time|frequency|increasing|uptick) "),
            rule(
                    Tools.GET_HEALTH,
                    0.95,
                    "^(?!.* (?:calls|items|todos) ).* (?:health|healthy|health score|at risk|where (?:do )?we stand|where (?:do )?things stand|churn risk|standing|in trouble|doing well) (?:\\S+ )*"),
            rule(
                    Tools.GET_HEALTH,
                    0.9,
                    " how (?:is|are|s|about) (?:\\S+ )?CUST(?:'s)?(?: (?:doing|going|looking|account|these days|DATE))* $"),
            rule(Tools.GET_HEALTH, 0.9, " (?:status|state|relationship|risk|score|score of) (?:\\S+ ){0,3}CUST"),
            rule(
                    Tools.GET_PORTFOLIO,
                    0.9,
                    "^(?!.* (?:calls?|items|todos|transcripts?) ).* (?:portfolio|book of business|my (?:accounts|customers|book)|(?:red|yellow|green|risky|healthy|unhealthy|at risk|high risk|worst|which|all|list|PERS's|what) (?:\\S+ )?(?:accounts|customers)|renewals|renew|renewing|up for renewal) "),
            rule(
                    Tools.GET_PORTFOLIO,
                    0.96,
                    "^(?!.* (?:calls?|items|todos|transcripts?) ).*(?:accounts|customers) (?:\\S+ ){0,3}(?:at risk|red|yellow|green|renew\\w*|unhealthy|need attention|expir\\w*) "),
            rule(
                    Tools.GET_PORTFOLIO,
                    0.96,
                    "^(?!.* (?:calls?|items|todos|transcripts?) ).* (?:portfolio|book of business|(?:my|our|PERS's) (?:accounts|customers|book)) (?:\\S+ ){0,2}(?:by|sorted|ranked|grouped|ordered) "),
            rule(
                    Tools.GET_PORTFOLIO,
                    0.96,
                    "^ (?:how (?:healthy )?(?:is|are|s)|whats|what is) (?:\\S+ ){0,4}(?:portfolio|book of business|(?:my|our|PERS's) (?:accounts|customers|book)) (?:\\S+ ){0,3}$"),
            rule(
                    Tools.GET_SYNC_STATUS,
                    0.97,
                    " (?:sync|synced|syncs|syncing|backlog|ingest\\w*|imported|up to date|data fresh\\w*|fresh) "));

    /**
     * The best guess.
     *
     * @param score 0 to 1
     */
    record Guess(String tool, double score) {}

    private record Rule(String tool, double weight, Pattern pattern) {}

    private Intents() {}

    private static Rule rule(String tool, double weight, String pattern) {
        return new Rule(tool, weight, Pattern.compile(pattern));
    }

    /** The tool that the strongest pattern speaks for; null if none does. */
    static @Nullable Guess guess(Shape shape) {
        Rule best = null;
        for (Rule rule : RULES) {
            if ((best == null || rule.weight > best.weight) && shape.has(rule.pattern)) {
                best = rule;
            }
        }
        return best == null ? null : new Guess(best.tool, best.weight);
    }
}
