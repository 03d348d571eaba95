package ai.cscx.chorus.agent;

import ai.cscx.chorus.base.Spelling;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Ordinary words, folded: those that requests are made of, and those that name topics rather than somebody. */
final class Vocabulary {
    /** Words without content of their own. */
    private static final Set<String> FUNCTION = words("""
            a about above across after again against all also am an and any anybody anyone anything are arent as asap at back be because
            been before being below between both but by can cannot cant come could couldnt day did didnt do does doesnt doing done dont down
            during each either else ever every everybody everyone everything few for from further get gets getting give given go goes going
            got had has hasnt have havent having he hello help her here hers hey hi him his how however i id if ill im in instead into is
            isnt it its ive just kindly know let lets like look looking made make many may maybe me might mine more most much must my need
            needs never new no nobody none nor not now of off often ok okay on once one ones only onto or other others our ours out over
            own per perhaps please plz pls possible put quick quickly rather really regarding same see seen shall she should show showing
            shown since so some somebody somebodys someone something still stuff such sure take tell than thank thanks that thats the
            their theirs them then there these they theyre thing things think this those though through thru to today together told too
            toward under until up us use using very via want wanted wants was wasnt we well were weve what whats when where whether which
            while who whom whos whose why will with within without wont would yes yet you your yours re vs w theres heres etc
            """);
    /** Words that say what to do, with what, and how. */
    private static final Set<String> COMMAND = words("""
            account accounts accts acct action actions activity agreed agree assign assigned assignee attend attended attendee attendees attending
            brief bring briefing brought call called calls case cases chat chats chorus closed commit commitment commitments committed company complain
            complained complaining complaint complaints complete completed contact contacts context convo convos conversation conversations
            count coming csm csms customer customers date dates deal deals debrief deliverable deliverables describe described describing
            detail details discuss discussed discusses discussing discussion discussions display due earlier earliest email emails entry
            event events explain explained express expressed fetch filter find finish finished first follow followup followups full gist going
            happen happened happening happens health highlight highlights host hosted hosting internal item items join joined key keys last late lately
            later latest left limit list listed long longest main meet meeting meetings meets mention mentioned mentioning mentions met minute minutes
            month months most mtg mtgs name named newest next note notes number oldest open order outcome outcomes outstanding overdue
            overview owe owed owes owned owner owners participant participants participate participated past pending people person phone
            plate point points portfolio prep prepare previous prior promise promised promises pull quarter question questions quote quotes
            raise raised raising recap recent recently record recorded recording recordings refer referred relationship remaining remind
            renewal renewals rep reported reports request requests result results review reviewed risk risks rundown said say saying says
            search searched session sessions side sort sorted speak speaking speakers speaker spoke spoken state status step steps
            sum summarise summarised summarize summarized summary summaries sync talk talked talking talks task tasks team thought thoughts
            time title titled todo todos tldr topic topics top touch track tracker trackers transcript transcripts trend trends
            undone unfinished unresolved update updates upcoming view walk week weeks wrap year years yesterday tomorrow external client
            clients catch chorusai spend spent second third fourth fifth sixth seventh eighth ninth tenth group grouped sales anyway cs
            hear heard word words where else related relating concerning concerned regard regards involving includes including include
            mean means meant moment occur occurred took place held hold occurred happened had week weekly daily monthly quarterly
            compare compared run ran send sent decide decided decides present there lead led hosts longer shorter shortest biggest than minute hour hours dos ups ins check whole entire history log related covering new ask asked asking asks add added bit worth anywhere somewhere exactly current currently active passage passages snippet snippets
            """);
    /** Words that calls and items are about; no customer is meant by them alone. */
    private static final Set<String> TOPIC = words("""
            access adoption agenda agreement alternative analytics api apis app approval approvals audit audits auth authentication automation
            backup bad billing blocker blockers bot budget budgets bug bugs business call cancel cancellation capacity champion change changes
            churn close closing cloud competition competitor competitors compliance concern concerns configuration contract contracts cost costs
            crm dashboard dashboards data deadline deadlines decision decisions delay delays delivery demo demos deployment design discount discounts
            discovery documentation escalation escalations evaluation exec executive executives expansion export exports feature features feedback
            finance forecast gdpr go goal goals good handoff handover happy hipaa hire hiring implementation import incident incidents infrastructure
            initial integration integrations intro introduction introductory invoice invoices invoicing issue issues kickoff kick latency launch legal
            licence licences license licenses live login longer marketing meeting migration mobile momentum negative negotiation negotiations
            objection objections onboard onboarding outage outages paid partner partners payment payments performance permission permissions
            pilot pipeline plan planning plans platform poc policy positive pricing price prices priorities priority privacy problem problems
            process procurement product production project projects proposal proposals provisioning qbr qbrs qualification quality quote release releases
            replacement report reporting requirement requirements resource resources retention roadmap roi rollout saml scale schedule scheduled
            scope scoping security seat seats sentiment server service services setup short signing slow soc software sso standup strategy strategic success support
            sync syncs system tech technical template templates test testing ticket tickets timeline timelines training trial uat unhappy upgrade upgrades
            upsell urgent usage user users value vendor vendors version volume warehouse web webhook webhooks webinar workflow workflows workshop
            angry frustrated competitor demo internal external private public biweekly annual weekly regular missed cancelled canceled
            rescheduled virtual onsite video audio voice zoom teams meet google outlook slack salesforce hubspot jira
            """);

    /** Words that companies put into their names. */
    private static final Set<String> TRADES = words("""
            partners group holdings bank banks labs industries solutions foods capital ventures consulting enterprises technologies
            logistics associates brothers studios motors airlines airways insurance pharma robotics foundation university college
            hospital clinic hotels resorts international global media energy systems software financial trust realty holding
            """);

    private static final Set<String> LEGAL_FORMS = words("""
            inc incorporated ltd limited llc llp lp plc corp corporation co company gmbh ag ab as sa sas srl spa bv nv oy pty pvt kg kk se
            aps pte sarl sl
            """);
    /** Words that a slip of the finger must not hide, with what they are a slip of. */
    private static final String[] KEYWORDS = {
        "calls",
        "call",
        "meeting",
        "meetings",
        "chorus",
        "transcript",
        "transcripts",
        "action",
        "items",
        "overdue",
        "completed",
        "summary",
        "summarize",
        "summarise",
        "recap",
        "latest",
        "search",
        "mentioned",
        "mention",
        "conversation",
        "conversations",
        "customer",
        "customers",
        "outstanding",
        "attended",
        "participants",
        "previous",
        "recent",
        "promised",
        "discussed",
        "tasks",
        "health",
        "objections",
        "pricing",
        "renewal"
    };

    private Vocabulary() {}

    static boolean function(String word) {
        return FUNCTION.contains(word);
    }

    static boolean ordinary(String word) {
        return FUNCTION.contains(word) || COMMAND.contains(word) || TOPIC.contains(word);
    }

    static boolean commanding(String word) {
        return FUNCTION.contains(word) || COMMAND.contains(word);
    }

    static boolean trade(String word) {
        return TRADES.contains(word);
    }

    static boolean legalForm(String word) {
        return LEGAL_FORMS.contains(word);
    }

    /** The keyword that the word is a slip of, or the word itself. */
    static String corrected(String word) {
        if (word.length() < 4 || ordinary(word)) {
            return word;
        }
        String best = word;
        for (String keyword : KEYWORDS) {
            int tolerance = keyword.length() >= 9 ? 2 : 1;
            if (keyword.length() >= 4
                    && word.charAt(0) == keyword.charAt(0)
                    && Math.abs(word.length() - keyword.length()) <= tolerance
                    && (keyword.length() > 4 || word.length() == 5)
                    && Spelling.distance(word, keyword) <= tolerance) {
                best = keyword;
                break;
            }
        }
        return best;
    }

    /** The words of a text, apart. */
    static Set<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }
}
