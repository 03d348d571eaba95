package ai.cscx.chorus.upstream;

/** A key that never changes: refused once is refused. */
public final class ApiKeyAuthorization implements Authorization {
    private final HeaderStyle style;
    private final String key;

    public ApiKeyAuthorization(HeaderStyle style, String key) {
        this.style = style;
        this.key = key;
    }

    @Override
    public Header header() {
        return new Header(style.header(), style.value(key));
    }

    @Override
    public boolean refused(Header used) {
        return false;
    }

    @Override
    public String toString() {
        return "ApiKeyAuthorization[" + style.word() + "]";
    }
}
