package ai.cscx.chorus.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Failure;
import java.util.Base64;
import java.util.Locale;

/** How Chorus wants the API key to be sent; accounts differ, so it is probed. In the order of probing. */
public enum HeaderStyle {
    /** {@code Authorization: <key>}, as the vendor's curl example has it. */
    RAW,
    BEARER,
    /** {@code x-ziaccesstoken: <key>} */
    ZI_ACCESS_TOKEN,
    /** {@code Authorization: Basic base64(<key>:)} */
    BASIC;

    String header() {
        return this == ZI_ACCESS_TOKEN ? "x-ziaccesstoken" : "Authorization";
    }

    String value(String key) {
        return switch (this) {
            case RAW, ZI_ACCESS_TOKEN -> key;
            case BEARER -> "Bearer " + key;
            case BASIC -> "Basic " + Base64.getEncoder().encodeToString((key + ":").getBytes(UTF_8));
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws Failure.Rejected if it is no header style
     */
    public static HeaderStyle parse(String word) {
        for (HeaderStyle style : values()) {
            if (style.word().equals(word)) {
                return style;
            }
        }
        throw new Failure.Rejected("The headerStyle is one of raw, bearer, basic, zi_access_token.");
    }
}
