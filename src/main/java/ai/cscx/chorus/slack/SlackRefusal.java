package ai.cscx.chorus.slack;

/** Slack understood what we asked of it and says no; the same again will be refused again. */
final class SlackRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    /**
     * @param code Slack's word for why, such as {@code channel_not_found}
     */
    SlackRefusal(String method, String code) {
        super("Slack refused " + method + ": " + code);
        this.code = code;
    }

    String code() {
        return code;
    }
}
