package ai.cscx.chorus.web;

import ai.cscx.chorus.agent.Answer;
import ai.cscx.chorus.agent.Answer.Citation;
import ai.cscx.chorus.agent.Answer.Option;
import ai.cscx.chorus.agent.Answer.Outcome;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Answers as Markdown, for front ends that show nothing else: handles are links to the recording, what else an answer holds
 * is said in words. What people said and wrote brings no links, pictures or tags of its own.
 */
final class Markdown {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]<>()#!|~]");
    private static final Pattern TAG = Pattern.compile("<");
    private static final Pattern PICTURE = Pattern.compile("!(?=\\[)");

    private Markdown() {}

    static String of(Answer answer) {
        String text =
                PICTURE.matcher(TAG.matcher(answer.reply()).replaceAll("\\\\<")).replaceAll("\\\\!");
        StringBuilder sources = new StringBuilder();
        for (Citation citation : answer.citations()) {
            String handle = "[" + citation.n() + "]";
            String url = citation.url();
            if (url != null) {
                text = text.replace(handle, "[" + handle + "](" + address(url) + ")");
            }
            sources.append(sources.isEmpty() ? "\n\nSources\n\n" : "\n").append(source(citation));
        }
        return text + options(answer) + sources;
    }

    private static String source(Citation citation) {
        String title = escaped(Objects.requireNonNullElse(citation.title(), "Untitled call"));
        String url = citation.url();
        String who = citation.speaker() == null ? "" : ", " + escaped(citation.speaker());
        String at = citation.startSeconds() > 0 ? ", at " + clock(citation.startSeconds()) : "";
        return citation.n() + ". " + (url == null ? title : "[" + title + "](" + address(url) + ")") + who + at;
    }

    private static String options(Answer answer) {
        if (answer.outcome() != Outcome.CLARIFY || answer.options().isEmpty()) {
            return "";
        }
        StringBuilder options = new StringBuilder("\n\nYou can say:\n");
        for (Option option : answer.options()) {
            options.append("\n- ").append(escaped(option.message()));
        }
        return options.toString();
    }

    private static String escaped(String text) {
        return SPECIAL.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("\\\\$0");
    }

    /** A link's target; nothing in it ends the link. */
    private static String address(String url) {
        return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20").replace("<", "%3C");
    }

    private static String clock(double seconds) {
        long whole = (long) seconds;
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
