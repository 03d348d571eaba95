package ai.cscx.chorus.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Packs raw answers for the database (RFC 1952). They are written with every call and hardly ever read: speed before size. */
public final class Gzip {
    private Gzip() {}

    public static byte[] packed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream out = new Fast(bytes)) {
            out.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory cannot be written to", impossible);
        }
        return bytes.toByteArray();
    }

    private static final class Fast extends GZIPOutputStream {
        Fast(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
