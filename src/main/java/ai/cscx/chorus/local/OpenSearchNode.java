package ai.cscx.chorus.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.plugins.PluginInfo;

/**
 * The program of the child process: one OpenSearch node with its home in the directory named by the only argument.
 * Writes the port it serves to {@code http.port} once it answers, and ends when its standard input does.
 */
final class OpenSearchNode {
    private static final Logger LOG = LogManager.getLogger(OpenSearchNode.class);
    private static final String KNN = "org.opensearch.knn.plugin.KNNPlugin";
    /** System property: the HTTP port to serve; 0 or absent = any. */
    static final String PORT = "cscx.opensearch.port";

    private static final String BUILT_FOR_JAVA = "21";
    private static final int SECONDS_FOR_PARENT = 30;
    private static final int SECONDS_TO_CLOSE = 15;

    private final Path home;
    private final CountDownLatch parentGone = new CountDownLatch(1);
    private final AtomicReference<Node> node = new AtomicReference<>();

    private OpenSearchNode(Path home) {
        this.home = home;
    }

    public static void main(String[] args) {
        new OpenSearchNode(Path.of(args[0])).run();
    }

    private void run() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
        // OpenSearch's own threads are daemons: this one keeps the process alive.
        Thread.ofPlatform().name("parent-watch").start(this::awaitParent);
        try {
            Node started = new ClassPathNode(environment(), plugins());
            node.set(started);
            started.start();
            started.client()
                    .admin()
                    .cluster()
                    .prepareHealth()
                    .setWaitForYellowStatus()
                    .setTimeout(TimeValue.timeValueSeconds(SECONDS_FOR_PARENT))
                    .get();
            report(started);
        } catch (IOException | NodeValidationException | RuntimeException | LinkageError failed) {
            LOG.fatal("OpenSearch cannot start", failed);
            LogManager.shutdown();
            Runtime.getRuntime().halt(1);
        }
    }

    private Environment environment() {
        Settings settings = Settings.builder()
                .put("path.home", home.toString())
                .put("path.logs", home.resolve("logs").toString())
                .put("cluster.name", "cscx-local")
                .put("node.name", "cscx-local")
                .put("network.host", "127.0.0.1")
                .put("http.port", System.getProperty(PORT, "0"))
                .put("transport.port", "0")
                .put("discovery.type", "single-node")
                .put("action.auto_create_index", false)
                // Its default refuses writes on a disk that is nine tenths full, however much is left.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .put("node.processors", Math.min(2, Runtime.getRuntime().availableProcessors()))
                .build();
        return new Environment(settings, home.resolve("config"));
    }

    /** What the server would load from its modules and plugins directories. */
    private static List<PluginInfo> plugins() {
        List<PluginInfo> plugins = new ArrayList<>(List.of(
                plugin("transport-netty4", "org.opensearch.transport.Netty4ModulePlugin"),
                plugin("lang-painless", "org.opensearch.painless.PainlessModulePlugin"),
                plugin("analysis-common", "org.opensearch.analysis.common.CommonAnalysisModulePlugin", "lang-painless"),
                plugin("mapper-extras", "org.opensearch.index.mapper.MapperExtrasModulePlugin"),
                plugin("parent-join", "org.opensearch.join.ParentJoinModulePlugin"),
                plugin("reindex", "org.opensearch.index.reindex.ReindexModulePlugin")));
        if (canLoad(KNN)) {
            plugins.add(plugin("opensearch-knn", KNN, "lang-painless"));
        }
        return plugins;
    }

    /** Whether the class is there with every type that its methods name. */
    private static boolean canLoad(String className) {
        try {
            return Class.forName(className).getDeclaredMethods().length > 0;
        } catch (ClassNotFoundException | LinkageError missing) {
            LOG.warn("Starting without {}, so without vectors: {}", className, missing.toString());
            return false;
        }
    }

    private static PluginInfo plugin(String name, String className, String... extended) {
        return new PluginInfo(
                name,
                "from the class path",
                "NA",
                Version.CURRENT,
                BUILT_FOR_JAVA,
                className,
                null,
                new ArrayList<>(List.of(extended)),
                false);
    }

    private void report(Node started) throws IOException {
        int port = started.injector()
                .getInstance(HttpServerTransport.class)
                .boundAddress()
                .publishAddress()
                .getPort();
        Path partial = home.resolve("http.port.partial");
        Files.writeString(partial, Integer.toString(port));
        Files.move(partial, home.resolve("http.port"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException brokenPipe) {
            LOG.info("Lost the parent", brokenPipe);
        }
        parentGone.countDown();
        Thread.ofPlatform().daemon().name("last-resort").start(OpenSearchNode::haltLater);
        System.exit(0);
    }

    /** A Ctrl-C reaches this process too, but the parent may still have things to write: it says when it is done. */
    private void close() {
        try {
            if (!parentGone.await(SECONDS_FOR_PARENT, TimeUnit.SECONDS)) {
                LOG.warn("Closing, though the parent has not asked for it");
            }
            Node started = node.get();
            if (started == null) {
                return;
            }
            started.close();
            if (!started.awaitClose(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
                LOG.warn("OpenSearch is still busy and is ended");
            }
        } catch (InterruptedException | IOException failed) {
            LOG.warn("OpenSearch did not close in order", failed);
        } finally {
            LogManager.shutdown();
        }
    }

    private static void haltLater() {
        try {
            TimeUnit.SECONDS.sleep(SECONDS_TO_CLOSE);
        } catch (InterruptedException atOnce) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(2);
    }

    /** Opens the server's constructor that takes its plugins from the class path. */
    private static final class ClassPathNode extends Node {
        ClassPathNode(Environment environment, Collection<PluginInfo> plugins) {
            super(environment, plugins, false);
        }
    }
}
