package ai.cscx.chorus.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A process that embeds one text with its cache in the directory named, and prints whom it would have contacted. */
final class MiniLmMain {
    private MiniLmMain() {}

    public static void main(String[] args) throws IOException {
        Queue<URI> contacted = new ConcurrentLinkedQueue<>();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                contacted.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                contacted.add(uri);
            }
        });
        int numbers;
        try (MiniLmEmbedder embedder = new MiniLmEmbedder(new EmbeddingSettings.MiniLm(1, Path.of(args[0])))) {
            numbers = embedder.embed(List.of("renewal")).getFirst().length;
        }
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write((numbers + " numbers, contacted " + contacted + "\n").getBytes(UTF_8));
        }
    }
}
