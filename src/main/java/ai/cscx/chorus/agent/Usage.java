package ai.cscx.chorus.agent;

/**
 * Tokens that the language model says it took for an answer; none where no language model was asked.
 *
 * @param prompt tokens that it read, over all its turns
 * @param completion tokens that it wrote
 */
public record Usage(long prompt, long completion) {
    static final Usage NONE = new Usage(0, 0);

    Usage plus(Usage more) {
        return new Usage(prompt + more.prompt, completion + more.completion);
    }

    public long total() {
        return prompt + completion;
    }
}
