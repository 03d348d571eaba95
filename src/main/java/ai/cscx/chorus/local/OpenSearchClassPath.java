package ai.cscx.chorus.local;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The class path of the OpenSearch process: the jars of this process, and the node's own program in one more jar. Being
 * without directories it lets the JVM keep the loaded classes in a file (CDS), which halves the time of a restart.
 */
final class OpenSearchClassPath {
    private static final List<String> PROGRAM =
            List.of("OpenSearchNode.class", "OpenSearchNode$ClassPathNode.class", "opensearch-log4j2.properties");
    private static final String FOLDER =
            OpenSearchClassPath.class.getPackageName().replace('.', '/') + "/";

    private final Path home;
    private final List<String> jars;

    private OpenSearchClassPath(Path home, List<String> jars) {
        this.home = home;
        this.jars = jars;
    }

    static OpenSearchClassPath in(Path home) {
        List<String> entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        return new OpenSearchClassPath(
                home,
                entries.stream()
                        .filter(entry -> Files.isRegularFile(Path.of(entry)))
                        // The application's logging would write to a console that nobody reads.
                        .filter(entry -> !fileName(entry).startsWith("logback-"))
                        .toList());
    }

    /**
     * JVM arguments. The paths go through a file, since together they are longer than some systems allow a command line
     * to be.
     */
    List<String> arguments() throws IOException {
        Path program = home.resolve("node.jar");
        writeIfChanged(program, jar());
        List<String> all = new ArrayList<>();
        all.add(program.toString());
        all.addAll(jars);
        Path file = home.resolve("java.arguments");
        Files.writeString(
                file,
                "-cp \"" + String.join(File.pathSeparator, all).replace("\\", "\\\\") + "\"\n",
                Charset.forName(System.getProperty("native.encoding", "UTF-8")));
        List<String> arguments = new ArrayList<>(List.of("@" + file));
        if (namesEveryJar()) {
            arguments.add("-XX:+AutoCreateSharedArchive");
            arguments.add("-XX:SharedArchiveFile=" + home.resolve("classes.jsa"));
        }
        return arguments;
    }

    /** A test runner hides all jars and directories behind one jar, of which no archive can be made. */
    private boolean namesEveryJar() {
        return jars.stream().anyMatch(jar -> fileName(jar).startsWith("opensearch-"));
    }

    /** The same bytes for the same program, since the archive of classes is of no use once a jar has changed. */
    private static byte[] jar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            for (String name : PROGRAM) {
                ZipEntry entry = new ZipEntry(FOLDER + name);
                entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
                jar.putNextEntry(entry);
                try (InputStream content = OpenSearchClassPath.class.getResourceAsStream(name)) {
                    if (content == null) {
                        throw new FileNotFoundException(FOLDER + name);
                    }
                    content.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static void writeIfChanged(Path file, byte[] content) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Files.write(file, content);
        }
    }

    private static String fileName(String entry) {
        return String.valueOf(Path.of(entry).getFileName());
    }
}
