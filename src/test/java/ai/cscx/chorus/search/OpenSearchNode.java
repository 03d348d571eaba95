package ai.cscx.chorus.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/** A real OpenSearch inside this JVM; it ends with the JVM and stands in until the shared test servers are there. */
final class OpenSearchNode {
    private final URI url;

    private OpenSearchNode(URI url) {
        this.url = url;
    }

    static OpenSearchNode start(Path home) {
        try {
            int port = freePort();
            Files.createDirectories(home.resolve("config"));
            Settings settings = Settings.builder()
                    .put("path.home", home.toString())
                    .put("cluster.name", "search-it")
                    .put("node.name", "search-it")
                    .put("network.host", "127.0.0.1")
                    .put("http.port", port)
                    .put("transport.port", "0")
                    .put("discovery.type", "single-node")
                    .put("cluster.routing.allocation.disk.threshold_enabled", false)
                    .put("node.processors", 2)
                    .build();
            Node node = new ClasspathNode(new Environment(settings, home.resolve("config")));
            node.start();
            return new OpenSearchNode(URI.create("http://127.0.0.1:" + port));
        } catch (IOException | NodeValidationException e) {
            throw new IllegalStateException("OpenSearch does not start", e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    private static final class ClasspathNode extends Node {
        ClasspathNode(Environment environment) {
            super(environment, plugins(), false);
        }

        private static Collection<PluginInfo> plugins() {
            return List.of(
                    plugin(Netty4ModulePlugin.class),
                    plugin(CommonAnalysisModulePlugin.class, "lang-painless"),
                    new PluginInfo(
                            "lang-painless",
                            "class path",
                            "NA",
                            Version.CURRENT,
                            "21",
                            PainlessModulePlugin.class.getName(),
                            null,
                            List.of(),
                            false),
                    plugin(MapperExtrasModulePlugin.class),
                    plugin(ReindexModulePlugin.class));
        }

        private static PluginInfo plugin(Class<?> plugin, String... extended) {
            return new PluginInfo(
                    plugin.getSimpleName(),
                    "class path",
                    "NA",
                    Version.CURRENT,
                    "21",
                    plugin.getName(),
                    null,
                    List.of(extended),
                    false);
        }
    }
}
