package ai.cscx.chorus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The floor plan of docs/architecture.md, held by the build. */
class ArchitectureTest {
    private static final String ROOT = "ai.cscx.chorus";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Package → the packages of ours that it may use. The roof may use all, and nobody uses the roof. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("base", Set.of()),
            Map.entry("store", Set.of("base")),
            Map.entry("date", Set.of("base")),
            Map.entry("access", Set.of("base", "store")),
            Map.entry("upstream", Set.of("base")),
            Map.entry("call", Set.of("base", "store", "access")),
            Map.entry("customer", Set.of("base", "store", "access", "call")),
            Map.entry("search", Set.of("base", "access", "call")),
            Map.entry("signal", Set.of("base", "store", "access", "call")),
            Map.entry("hook", Set.of("base", "store", "access", "upstream")),
            Map.entry("task", Set.of("base", "store", "access", "call", "customer")),
            Map.entry("alert", Set.of("base", "store", "access", "call", "search")),
            Map.entry(
                    "sync",
                    Set.of("base", "store", "access", "date", "upstream", "call", "customer", "search", "task")),
            Map.entry(
                    "agent",
                    Set.of("base", "store", "access", "date", "call", "customer", "search", "signal", "task", "sync")),
            Map.entry(
                    "web",
                    Set.of(
                            "base",
                            "store",
                            "access",
                            "call",
                            "customer",
                            "search",
                            "signal",
                            "task",
                            "hook",
                            "alert",
                            "sync",
                            "agent")),
            Map.entry(
                    "pages",
                    Set.of(
                            "base",
                            "access",
                            "call",
                            "customer",
                            "search",
                            "signal",
                            "task",
                            "alert",
                            "sync",
                            "agent",
                            "web")),
            Map.entry("mcp", Set.of("base", "access", "call", "agent", "web")),
            Map.entry("slack", Set.of("base", "store", "access", "call", "task", "alert", "agent", "web")),
            Map.entry("local", Set.of("base")),
            Map.entry("simulator", Set.of("base")));

    /** A vendor's packages → the packages of ours that may know them. */
    private static final Map<String, Set<String>> DOORS = Map.ofEntries(
            Map.entry("io.javalin", Set.of("web", "pages", "mcp")),
            Map.entry("io.modelcontextprotocol", Set.of("mcp")),
            Map.entry("reactor", Set.of("mcp")),
            Map.entry("gg.jte", Set.of("pages")),
            Map.entry("io.micrometer", Set.of("web")),
            // search: embedding models, nothing that talks
            Map.entry("dev.langchain4j", Set.of("agent", "search")),
            Map.entry("dev.langchain4j.model.chat", Set.of("agent")),
            Map.entry("dev.langchain4j.service", Set.of("agent")),
            Map.entry("dev.langchain4j.model.embedding", Set.of("search")),
            Map.entry("ai.onnxruntime", Set.of("search")),
            Map.entry("ai.djl", Set.of()),
            Map.entry("org.opensearch.client", Set.of("search")),
            Map.entry("org.opensearch", Set.of("search", "local")),
            Map.entry(
                    "org.jdbi",
                    Set.of(
                            "store",
                            "access",
                            "call",
                            "customer",
                            "signal",
                            "task",
                            "hook",
                            "alert",
                            "sync",
                            "agent",
                            "slack")),
            Map.entry("com.slack", Set.of("slack")),
            Map.entry("okhttp3", Set.of("slack")),
            Map.entry("com.standardwebhooks", Set.of("hook")),
            Map.entry("org.apache.commons.statistics", Set.of("signal")),
            Map.entry("com.github.kagkarlsson", Set.of("store")),
            Map.entry("com.google.crypto.tink", Set.of("access")),
            Map.entry("io.zonky", Set.of("local")),
            Map.entry("java.net.http", Set.of("upstream", "local")),
            // customer: its list of public suffixes, nothing that sends
            Map.entry("org.apache.hc.client5.http.psl", Set.of("customer")),
            Map.entry("org.apache.hc.client5.http.impl", Set.of("search", "upstream")),
            Map.entry("org.apache.hc.client5.http.classic", Set.of("search", "upstream")),
            Map.entry("org.apache.hc.core5", Set.of("search", "upstream")),
            Map.entry("com.nimbusds", Set.of("access", "upstream")),
            Map.entry("me.tongfei", Set.of("")));

    @Test
    void everyPackage_isOnTheFloorPlan() {
        Set<String> packages = new TreeSet<>();
        CLASSES.forEach(type -> packages.add(room(type)));
        packages.remove("");

        assertThat(packages).isEqualTo(new TreeSet<>(MAY_USE.keySet()));
    }

    @Test
    void packages_useOnlyWhatTheFloorPlanAllows() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = room(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                if (from.isEmpty()
                        || !target.getPackageName().startsWith(ROOT)
                        || room(target).equals(from)) {
                    continue;
                }
                if (!MAY_USE.getOrDefault(from, Set.of()).contains(room(target))) {
                    wrong.add(type.getName() + " uses " + target.getName());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void vendors_standBehindTheirDoors() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                DOORS.forEach((vendor, rooms) -> {
                    boolean theirs = target.equals(vendor) || target.startsWith(vendor + ".");
                    if (theirs && !rooms.contains(room(type))) {
                        wrong.add(type.getName() + " uses " + target);
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void nobody_readsTheSystemClock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .check(CLASSES);
    }

    @Test
    void nobody_prints() {
        noClasses()
                .that()
                // The child process reports its port to its parent on standard output.
                .doNotHaveSimpleName("OpenSearchNode")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void adaptersOfVendors_areHiddenInTheirPackage() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("OpenSearch")
                .and()
                // Java starts the child process by its public main class.
                .doNotHaveSimpleName("OpenSearchNode")
                .or()
                .haveSimpleNameStartingWith("Postgres")
                .and()
                .doNotHaveSimpleName("PostgresUrl")
                .should()
                .bePublic()
                .check(CLASSES);
    }

    @Test
    void mockingLibraries_areAbsent() {
        for (String library : Set.of("org.mockito.Mockito", "org.easymock.EasyMock", "mockit.Mocked")) {
            assertThat(ArchitectureTest.class.getClassLoader().getResource(library.replace('.', '/') + ".class"))
                    .as(library)
                    .isNull();
        }
    }

    /** The first package name below the root; empty for the roof. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        if (name.length() <= ROOT.length()) {
            return "";
        }
        String below = name.substring(ROOT.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
