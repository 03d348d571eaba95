package ai.cscx.chorus.base;

/**
 * Whether a part can do its work right now.
 *
 * @param detail for the person on call; holds no secrets
 */
public record Health(boolean ok, String detail) {
    public static final Health UP = new Health(true, "ok");

    public static Health down(String detail) {
        return new Health(false, detail);
    }
}
