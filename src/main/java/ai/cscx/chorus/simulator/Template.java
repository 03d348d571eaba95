package ai.cscx.chorus.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence with holes: {@code {slot}} is filled by the call, {@code [this|that]} by chance.
 *
 * @param parts in order
 */
record Template(List<Part> parts) {
    sealed interface Part {}

    record Text(String text) implements Part {}

    /**
     * A hole.
     *
     * @param name what belongs in it, {@code noun} in {@code {noun.2}} and {@code {noun!}}
     * @param key holes with the same key are filled alike
     * @param lasting the value stays for the whole topic, not just for a question and its answer
     */
    record Slot(String name, String key, boolean lasting) implements Part {}

    record Choice(List<Template> options) implements Part {}

    Template {
        parts = List.copyOf(parts);
    }

    /** The same words every time. */
    boolean fixed() {
        return parts.stream().allMatch(Text.class::isInstance);
    }

    static Template parse(String text) {
        var parts = new ArrayList<Part>();
        int at = 0;
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '{' -> {
                    int end = closing(text, '}', at);
                    parts.add(slot(text.substring(at + 1, end)));
                    at = end + 1;
                }
                case '[' -> {
                    int end = closing(text, ']', at);
                    parts.add(choice(text.substring(at + 1, end)));
                    at = end + 1;
                }
                default -> {
                    int end = at;
                    while (end < text.length() && text.charAt(end) != '{' && text.charAt(end) != '[') {
                        end++;
                    }
                    parts.add(new Text(text.substring(at, end)));
                    at = end;
                }
            }
        }
        return new Template(parts);
    }

    private static Slot slot(String inside) {
        boolean lasting = inside.endsWith("!");
        String key = lasting ? inside.substring(0, inside.length() - 1) : inside;
        int dot = key.indexOf('.');
        return new Slot(dot < 0 ? key : key.substring(0, dot), key, lasting);
    }

    private static Choice choice(String inside) {
        var options = new ArrayList<Template>();
        for (String option : inside.split("\\|", -1)) {
            options.add(parse(option));
        }
        return new Choice(List.copyOf(options));
    }

    private static int closing(String text, char bracket, int from) {
        int end = text.indexOf(bracket, from);
        if (end < 0) {
            throw new IllegalArgumentException("A bracket stays open in a template of the phrase book.");
        }
        return end;
    }
}
