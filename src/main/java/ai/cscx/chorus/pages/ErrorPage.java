package ai.cscx.chorus.pages;

/**
 * What somebody sees instead of a page. It has no frame: the frame may be what failed.
 *
 * @param heading what it is, in few words
 * @param detail what to do next
 * @param again whether trying again may help
 */
record ErrorPage(String heading, String detail, boolean again, Assets assets) {
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;
    private static final int TOO_MANY = 429;
    private static final int BROKEN = 500;

    static ErrorPage of(int status, String detail, Assets assets) {
        String heading = switch (status) {
            case NOT_FOUND -> "There is nothing here";
            case FORBIDDEN -> "This is not for you";
            case UNAVAILABLE, TOO_MANY -> "Not available right now";
            case BROKEN -> "Something broke";
            default -> "That did not work";
        };
        // What is said to programs names the list of their paths.
        String said = detail.contains("/openapi.json") ? "Check the address, or begin at the first page." : detail;
        return new ErrorPage(heading, said, status >= BROKEN || status == TOO_MANY, assets);
    }
}
