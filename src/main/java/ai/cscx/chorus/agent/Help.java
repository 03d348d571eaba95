package ai.cscx.chorus.agent;

/** Sentences for when there is nothing to show. */
final class Help {
    static final String WHAT_I_CAN = """
            I answer questions about your customers' calls. You can ask me to
            - list calls: "Show calls for Acme from last month"
            - sum up a call: "Summarize the latest call with Acme"
            - find what was said: "Which calls mentioned pricing?"
            - list action items: "What action items are open for Acme?\"""";
    static final String NOT_UNDERSTOOD =
            "I am not sure what you mean. Did you mean one of these, or can you say it differently?";
    static final String SAY_MORE =
            "I am not sure I got that right. Can you say it in other words, or pick one of these?";
    static final String NOT_YET =
            "I can't do that yet. I can list calls and action items, sum up a call, and find what was said.";
    static final String MODEL_AWAY =
            "The language model doesn't answer right now, so I can only take plain commands. Try one of these, or ask again later.";
    static final String DECLINED = "All right, nothing was changed.";
    static final String NOTHING = "I found nothing about that in your customers' calls.";
    static final String BROKEN = "Something went wrong on our side; it is in the log. Try again, or ask differently.";

    private Help() {}

    /** Of a person whom the asker's calls don't know. */
    static String nobody(String asTyped) {
        return "I know nobody called “" + Wording.inline(asTyped, 120) + "” in your calls or team. Check the name.";
    }

    /** Of a name that fits no customer: the same whether there is no such customer or only not for this asker. */
    static String noSuchCustomer(String asTyped) {
        return "I know no customer called “" + Wording.inline(asTyped, 120)
                + "” among yours. Check the name, or ask for your calls.";
    }
}
