package ai.cscx.chorus.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import org.jspecify.annotations.Nullable;

/** Where PostgreSQL is and how to sign in there. {@link #toString} leaves the password out. */
public record PostgresUrl(
        String jdbcUrl, @Nullable String user, @Nullable String password) {
    private static final String EXAMPLE = "postgres://user:password@host:5432/database";

    /**
     * Reads {@code postgres://user:password@host:port/database?parameters}, {@code postgresql://…} or a
     * {@code jdbc:postgresql://…} URL.
     *
     * @throws Failure.Rejected if it is none of these; the message does not repeat the text, which may hold a password
     */
    public static PostgresUrl parse(String text) {
        if (text.startsWith("jdbc:postgresql:")) {
            return new PostgresUrl(text, null, null);
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException unreadable) {
            throw new Failure.Rejected("is no URL; write it as " + EXAMPLE);
        }
        String scheme = uri.getScheme();
        boolean ours = "postgres".equals(scheme) || "postgresql".equals(scheme);
        if (!ours
                || uri.getHost() == null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw new Failure.Rejected("is no PostgreSQL URL; write it as " + EXAMPLE);
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String jdbc = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
        String userInfo = uri.getRawUserInfo();
        if (userInfo == null) {
            return new PostgresUrl(jdbc, null, null);
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? null : URLDecoder.decode(userInfo.substring(colon + 1), UTF_8);
        return new PostgresUrl(jdbc, URLDecoder.decode(user, UTF_8), password);
    }

    @Override
    public String toString() {
        return "PostgresUrl[" + jdbcUrl.replaceAll("[?].*", "") + "]";
    }
}
