package ai.cscx.chorus.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.Dialect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields that answers of one dialect are known to hold, from {@code dialects/<dialect>.txt}. Immutable once read. */
final class KnownFields {
    private static final Map<Dialect, KnownFields> ALL = read();

    private final Map<Part, Tree> trees;

    private KnownFields(Map<Part, Tree> trees) {
        this.trees = trees;
    }

    static KnownFields of(Dialect dialect) {
        return Objects.requireNonNull(ALL.get(dialect));
    }

    private static Map<Dialect, KnownFields> read() {
        Map<Dialect, KnownFields> all = new EnumMap<>(Dialect.class);
        for (Dialect dialect : Dialect.values()) {
            all.put(dialect, read(dialect));
        }
        return all;
    }

    private static KnownFields read(Dialect dialect) {
        String name = "/dialects/" + dialect.word() + ".txt";
        try (InputStream stream = KnownFields.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return parse(new BufferedReader(new InputStreamReader(stream, UTF_8))
                    .lines()
                    .toList());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static KnownFields parse(List<String> lines) {
        Map<Part, Tree> trees = new EnumMap<>(Part.class);
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int space = line.indexOf(' ');
            Part part = Part.valueOf(line.substring(0, space).toUpperCase(Locale.ROOT));
            String[] sides = line.substring(space + 1).split("=", 2);
            Set<String> words = sides.length == 1
                    ? Set.of()
                    : Stream.of(sides[1].split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
            trees.computeIfAbsent(part, fresh -> new Tree()).add(sides[0].strip(), words);
        }
        return new KnownFields(trees);
    }

    /** Null if this dialect has no such part. */
    @Nullable
    Tree of(Part part) {
        return trees.get(part);
    }

    /** The known fields of one part. */
    static final class Tree {
        private final Field root = new Field(-1, "", false, Set.of());
        private final List<Field> fields = new ArrayList<>();

        Field root() {
            return root;
        }

        /** In the order of their numbers. */
        List<Field> fields() {
            return fields;
        }

        /** The field at this path; null if none is known there. */
        @Nullable
        Field at(String path) {
            Field at = root;
            for (String step : path.replace("[]", "").split("\\.")) {
                at = at == null ? null : at.child(step);
            }
            return at;
        }

        private void add(String path, Set<String> words) {
            boolean open = path.endsWith(".**");
            String plain = open ? path.substring(0, path.length() - 3) : path;
            plain = plain.endsWith("[]") ? plain.substring(0, plain.length() - 2) : plain;
            int dot = plain.lastIndexOf('.');
            Field parent = dot < 0 ? root : at(plain.substring(0, dot));
            if (parent == null) {
                throw new IllegalStateException("The field above " + path + " stands before it");
            }
            Field field = new Field(fields.size(), plain, open, words);
            fields.add(field);
            parent.children.put(plain.substring(dot + 1), field);
        }
    }

    /**
     * A known field.
     *
     * @param open whether whatever is below is known too
     * @param words its values, in lower case; empty where they are no words of a list
     */
    record Field(int number, String path, boolean open, Set<String> words, Map<String, Field> children) {
        private Field(int number, String path, boolean open, Set<String> words) {
            this(number, path, open, words, new HashMap<>());
        }

        @Nullable
        Field child(String name) {
            return children.get(name);
        }

        boolean knows(String word) {
            return words.contains(word) || words.contains(word.strip().toLowerCase(Locale.ROOT));
        }
    }
}
