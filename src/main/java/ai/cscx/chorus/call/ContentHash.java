package ai.cscx.chorus.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.store.Json;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Fingerprints of what a call says: the same content again changes nothing. MurmurHash3 (x64, 128 bits): there is nobody to
 * defend against, and every call is hashed whenever it is fetched.
 */
final class ContentHash {
    private ContentHash() {}

    /**
     * Of everything but the source's own change date, which alone is no change.
     *
     * @param words the transcript as it is stored
     */
    static String of(CallContent content, String words) {
        return hash(Json.write(List.of(
                        String.valueOf(content.title()),
                        content.startedAt().toString(),
                        content.durationMs(),
                        String.valueOf(content.kind()),
                        content.state(),
                        content.transcriptState(),
                        String.valueOf(content.consent()),
                        String.valueOf(content.language()),
                        String.valueOf(content.url()),
                        String.valueOf(content.summary()),
                        List.of(String.valueOf(content.ownerEmail()), String.valueOf(content.ownerName())),
                        account(content),
                        content.participants(),
                        content.trackers(),
                        content.actionItems().stream()
                                .map(item -> List.of(
                                        item.key(),
                                        item.text(),
                                        String.valueOf(item.ownerName()),
                                        item.side(),
                                        String.valueOf(item.due()),
                                        String.valueOf(item.startMs()),
                                        item.unsure()))
                                .toList(),
                        content.momentum() == null ? "" : content.momentum()))
                + words);
    }

    /** Of what tells whose call it is. */
    static String ofMatch(CallContent content) {
        return hash(Json.write(List.of(
                String.valueOf(content.title()),
                String.valueOf(content.ownerEmail()),
                account(content),
                content.participants())));
    }

    private static String hash(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        long[] hash = MurmurHash3.hash128x64(bytes, 0, bytes.length, 0);
        return HexFormat.of().toHexDigits(hash[0]) + HexFormat.of().toHexDigits(hash[1]);
    }

    private static List<String> account(CallContent content) {
        return List.of(
                String.valueOf(content.accountCrmId()),
                String.valueOf(content.accountSourceId()),
                String.valueOf(content.accountName()),
                String.valueOf(content.opportunityId()),
                String.valueOf(content.opportunityName()),
                String.valueOf(content.seriesKey()));
    }
}
