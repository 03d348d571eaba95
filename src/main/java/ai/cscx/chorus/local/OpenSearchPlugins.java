package ai.cscx.chorus.local;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plugins that the build unpacks beside its classes, for the child process alone. They lie at a place that follows from
 * where our own classes are, so whoever starts the application names nothing.
 */
final class OpenSearchPlugins {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSearchPlugins.class);

    private OpenSearchPlugins() {}

    /** In a fixed order; none where the build did not unpack them: OpenSearch then starts without vectors. */
    static List<Path> jars() throws IOException {
        Path folder = beside(OpenSearchPlugins.class);
        if (!Files.isDirectory(folder)) {
            LOG.warn("OpenSearch starts without vectors, for {} is missing; run `mvn compile`", folder);
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static Path beside(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling("opensearch-plugins")
                    .resolve("knn");
        } catch (URISyntaxException unreadable) {
            throw new IOException("The place of our classes cannot be read", unreadable);
        }
    }
}
