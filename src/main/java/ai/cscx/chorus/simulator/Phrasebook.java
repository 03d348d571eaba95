package ai.cscx.chorus.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything that anybody can say, read once from the resource files. */
final class Phrasebook {
    private static final List<String> TOPIC_FILES = List.of(
            "/simulator/topics-product.txt", "/simulator/topics-commercial.txt", "/simulator/topics-trouble.txt");

    private final List<Topic> topics;
    private final Map<String, List<Line>> scenes;
    private final Map<String, Vocabulary> vocabularies;

    private Phrasebook(List<Topic> topics, Map<String, List<Line>> scenes, Map<String, Vocabulary> vocabularies) {
        this.topics = List.copyOf(topics);
        this.scenes = Map.copyOf(scenes);
        this.vocabularies = Map.copyOf(vocabularies);
    }

    static Phrasebook load() {
        var topics = new ArrayList<Topic>();
        for (String file : TOPIC_FILES) {
            var draft = new ArrayList<String>();
            for (String line : Resources.lines(file)) {
                if (line.startsWith("== ") && !draft.isEmpty()) {
                    topics.add(topic(draft));
                    draft.clear();
                }
                draft.add(line);
            }
            topics.add(topic(draft));
        }
        var vocabularies = new HashMap<String, Vocabulary>();
        for (String line : Resources.lines("/simulator/accounts.txt")) {
            String[] cells = line.split(" \\| ", -1);
            vocabularies.put(cells[0], new Vocabulary(list(cells[1], ";"), list(cells[2], ";"), list(cells[3], ";")));
        }
        return new Phrasebook(topics, sections(Resources.lines("/simulator/scenes.txt")), vocabularies);
    }

    List<Topic> topics() {
        return topics;
    }

    List<Line> scene(String name) {
        List<Line> lines = scenes.get(name);
        if (lines == null) {
            throw new IllegalStateException("scenes.txt lacks the section " + name + ".");
        }
        return lines;
    }

    /** The words of an account; those who have none of their own share a common set. */
    Vocabulary vocabulary(@Nullable String accountKey) {
        Vocabulary own = accountKey == null ? null : vocabularies.get(accountKey);
        Vocabulary common = vocabularies.get("*");
        if (own == null && common == null) {
            throw new IllegalStateException("accounts.txt lacks the common set *.");
        }
        return own == null ? Objects.requireNonNull(common) : own;
    }

    private static Topic topic(List<String> lines) {
        var header = new HashMap<String, String>();
        int at = 1;
        while (!lines.get(at).startsWith("-- ")) {
            String line = lines.get(at);
            int colon = line.indexOf(": ");
            header.put(line.substring(0, colon), line.substring(colon + 2));
            at++;
        }
        return new Topic(
                lines.getFirst().substring(3),
                list(header.getOrDefault("title", "{company}"), "\\|").stream()
                        .map(Template::parse)
                        .toList(),
                header.getOrDefault("label", lines.getFirst().substring(3)),
                header.get("tracker"),
                header.containsKey("words") ? list(header.getOrDefault("words", ""), ",") : List.of(),
                numbers(header.getOrDefault("weights", "")),
                numbers(header.getOrDefault("health", "")),
                sections(lines.subList(at, lines.size())));
    }

    private static Map<String, List<Line>> sections(List<String> lines) {
        var sections = new HashMap<String, List<Line>>();
        String name = "";
        for (String line : lines) {
            if (line.startsWith("-- ")) {
                name = line.substring(3);
            } else {
                sections.computeIfAbsent(name, fresh -> new ArrayList<>()).add(Line.parse(line));
            }
        }
        return sections;
    }

    private static Map<String, Double> numbers(String text) {
        var numbers = new HashMap<String, Double>();
        for (String pair : list(text, ",")) {
            int space = pair.indexOf(' ');
            if (space > 0) {
                numbers.put(pair.substring(0, space), Double.valueOf(pair.substring(space + 1)));
            }
        }
        return numbers;
    }

    private static List<String> list(String text, String separator) {
        var items = new ArrayList<String>();
        for (String item : text.split(separator, -1)) {
            items.add(item.strip());
        }
        return List.copyOf(items);
    }

    /** Something said, and what it leads to: a reply, or the action item of a promise. */
    record Line(Template first, @Nullable Template second) {
        static Line parse(String text) {
            int arrow = text.indexOf(" => ");
            return arrow < 0
                    ? new Line(Template.parse(text), null)
                    : new Line(Template.parse(text.substring(0, arrow)), Template.parse(text.substring(arrow + 4)));
        }
    }

    /** What one account deals in, where, and who does it there. */
    record Vocabulary(List<String> nouns, List<String> sites, List<String> teams) {}

    /**
     * A subject that calls are about.
     *
     * @param words what its tracker listens for, in lower case
     * @param weights how much each stage of an account's story is about it
     * @param healths factor for red, yellow and green accounts
     */
    record Topic(
            String key,
            List<Template> titles,
            String label,
            @Nullable String tracker,
            List<String> words,
            Map<String, Double> weights,
            Map<String, Double> healths,
            Map<String, List<Line>> sections) {
        Topic {
            weights = Map.copyOf(weights);
            words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
            healths = Map.copyOf(healths);
            sections = Map.copyOf(sections);
        }

        /** Topics are looked up often, and the hash of all their lines is a long way. */
        @Override
        public int hashCode() {
            return key.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Topic topic && topic.key.equals(key);
        }

        List<Line> section(String name) {
            return sections.getOrDefault(name, List.of());
        }
    }
}
