package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Reading.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is answered without looking anything up: greetings, questions about us, and what isn't ours to do. */
final class Manners {
    private static final String ASKING =
            "^ (?:please |pls |can you |could you |would you |will you |just |now |go |kindly |i want you to |i need you to |let us |ok |and |then )*";
    private static final String SAID =
            "(?:mention\\w*|said|say|says|talk\\w*|discuss\\w*|ask(?:s|ed)? (?:about|for)|about|bring up|brought up|search|find|where|who)";
    private static final Pattern HELP = Pattern.compile("""
            ^ (?:(?:hi|hello|hey|yo|hiya|howdy|greetings|morning|good (?:morning|afternoon|evening|day)|thanks|thank you|thx|cheers|ty|there|chorus|bot|team|all|again|everyone|great|cool|nice|perfect|good|ok|okay|so much|very much|a lot|bye|goodbye|what is up|sup|how are you|how is it going|doing|today)(?! DATE $) )+$\
            |^ (?:\\S+ ){0,3}help(?: me| us| please| menu| page| out)*(?: (?:with|on|using|get started)(?: \\S+){0,5})? $\
            |what (?:else )?(?:can|could|should|do|would) (?:i|you|we|u|this|it|the bot|chorus) (?:\\S+ )?(?:ask|do|know|help|say|type|offer|support|answer|understand|able)\
            |what (?:are|is) (?:you|this|chorus|cscx|your (?:capabilities|features|commands|functions|skills|purpose))(?: (?:able|good|for|capable|here|used|about)(?: \\S+){0,3})? $\
            |^ who (?:are|r) (?:you|u) $|^ (?:list |show |show me )?(?:the |your |all |available )*(?:commands|examples?|capabilities|features|options|instructions|manual|usage|menu) $\
            |^ (?:and |so |ok |hey |hi |please )*how (?:do|can|would|should|could|does) (?:i|we|you|one|this|it|u)(?: (?:best|go about|actually))? (?:create|creating|add|see|find|get|list|search|ask|use|filter|complete|close|mark|assign|change|connect|share|export|look|make|set|view|check|know|work|start|update|edit|talk|tell|query|phrase|narrow|limit|pick|choose|write|link|sort|group|open|read)\
            |^ how to |is there a (?:way|command) to|(?:what|which) (?:kind|kinds|sort|sorts|type|types) of (?:questions|things|requests|commands|stuff)|(?:what|which) (?:commands|questions|features) |(?:can|could) you (?:do|help)(?: \\S+){0,3} $|^ (?:get )?started $|show me (?:some )?examples\
            |how (?:does|do) (?:this|it|you|that|chorus|the bot) work|^ (?:can you )?(?:explain )?what (?:does )?\\S+(?: \\S+)? means? $|where (?:do|can) i (?:find|see|start)
            """.strip());
    private static final Map<Reason, Pattern> REFUSALS = refusals();
    private static final Pattern OPEN_QUESTION = Pattern.compile(
            "^ (?:so |ok |and |hey |please |can you |tell me |do you know )*(?:what is|what are|what was|what were|who is|who was|who were|who wrote|who won|who invented|where is|where are|when is|when was|when did|why|how many|how much|how far|how tall|how old|how long|how big|how do you|how to|is it|are there|does|should i|which country|what time|what year|what color|explain|define|what s|translate|recommend|what do you think)\\b");

    private Manners() {}

    private static Map<Reason, Pattern> refusals() {
        Map<Reason, Pattern> refusals = new LinkedHashMap<>();
        refusals.put(
                Reason.INSTRUCTIONS,
                Pattern.compile(
                        " (?:ignore|disregard|forget|override|bypass|circumvent|skip|break|drop) (?:\\S+ ){0,5}(?:instructions?|guidelines?|rules?|prompts?|restrictions?|policy|policies|constraints?|safeguards|permissions?|everything|filters? you)|"
                                + " (?:pretend|act as|roleplay|role play|you are now|jailbreak|developer mode|dan mode|simulate being|behave as|from now on you) "));
        refusals.put(
                Reason.SECRETS,
                Pattern.compile(
                        "^(?!.* " + SAID
                                + " (?:\\S+ ){0,6}(?:api|passwords?|tokens?|credentials?|secrets?|keys?)).* (?:api keys?|apikeys?|passwords?|passwd|secrets?|credentials?|access tokens?|bearer tokens?|auth tokens?|tokens|private keys?|connection strings?|client secret|env vars?|environment variables?|encryption keys?|config file|database url) "
                                + "| (?:system|your|hidden|initial|original|internal|full|developer) (?:system )?(?:prompts?|instructions?|guidelines) | (?:repeat|print|reveal) (?:\\S+ ){0,3}(?:above|prompts?|instructions?) "));
        refusals.put(
                Reason.DESTRUCTIVE,
                Pattern.compile(
                        ASKING
                                + "(?:delete|remove(?! (?:the )?(?:DATE|date|filter|limit|owner|status|sort))|erase|wipe|purge|destroy|drop (?:the )?(?:table|database|account|customer|CUST|all|calls|data)|truncate|unsubscribe|uninstall|deactivate|disable|archive|merge|rename|reset|ban|fire|revoke|grant|promote|demote|transfer|reassign (?:the )?(?:account|CUST|customer)|edit|modify|change|update|overwrite|alter|cancel|reschedule|schedule|book|invite|set up a (?:call|meeting)|set (?:the )?health|approve|sign|renew|upgrade|downgrade|refund|buy|order|purchase|hide|make me|give me (?:admin|access)|add me)(?! (?:sync|last|latest)) "));
        refusals.put(
                Reason.SENDING,
                Pattern.compile(
                        ASKING
                                + "(?:(?:send|share|forward) (?!me |us )|e?mail |message |dm |text |sms |slack |post |publish |tweet |upload |notify |tell everyone|draft |write |compose |reply |respond |call (?:PERS|CUST|them|him|her)|dial |ping |broadcast |export |download |print )"));
        refusals.put(
                Reason.OTHERS_DATA,
                Pattern.compile(
                        " (?:salary|salaries|compensation of|home address|phone number|social security|ssn|date of birth|birthday|credit card|bank account|medical records?|personal (?:data|information|details)) |"
                                + " (?:not (?:assigned|allowed|permitted|supposed)|(?:other|another|someone else s?) (?:people|peoples|csms?|teams?|companys?|company s?|tenants?|organizations?|workspaces?)(?: s)? (?:accounts|customers|calls|data|portfolio)|without (?:permission|access|authorization)) "));
        refusals.put(
                Reason.OFF_TOPIC,
                Pattern.compile(
                        "^(?!.* (?:mention\\w*|said|say|saying|talk\\w*|discuss\\w*|complain\\w*|rais\\w+|asked|asking|search|concerns?|feedback|CUST|PERS|calls?|transcripts?|items?) ).* (?:weather|temperature|capital of|jokes?|poems?|recipe|recipes|stock price|stocks|bitcoin|crypto|football|soccer|world cup|president|prime minister|population|meaning of life|movie|movies|song|lyrics|restaurants?|flights?|horoscope|lottery|election|translate|python|javascript|java|sql|html|code|algorithm|haiku|essay|story|trivia|riddle|square root|calculate|solve|lunch|dinner|coffee|holiday|holidays|vacation|news|sports?|history of|politics|religion|war|planet|universe|song|game|chess|pizza|birthday|wikipedia|google|chatgpt|gpt|openai|claude) "));
        return refusals;
    }

    static boolean help(Shape shape) {
        return shape.has(HELP) && !shape.text().contains(" QUOTE ");
    }

    static @Nullable Reason refusal(Shape shape) {
        for (Map.Entry<Reason, Pattern> refusal : REFUSALS.entrySet()) {
            if (shape.has(refusal.getValue())) {
                return refusal.getKey();
            }
        }
        return null;
    }

    /** A question that names nothing of ours. */
    static boolean offTopic(Shape shape) {
        return shape.mentions().customers().isEmpty()
                && shape.mentions().people().isEmpty()
                && shape.has(OPEN_QUESTION);
    }
}
