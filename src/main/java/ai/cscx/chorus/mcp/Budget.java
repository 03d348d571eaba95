package ai.cscx.chorus.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much an answer may hold: clients and models take some 25,000 tokens, we stay under 15,000. Counted in bytes of JSON
 * in UTF-8, since every model counts tokens in its own way; identifiers, the worst that we send, take a token for 2.2 bytes.
 */
final class Budget {
    /** Bytes of one answer, in all its parts. */
    static final int ANSWER = 32_000;

    private static final int SHORTEST_TEXT = 200;
    private static final String CUT = "…";

    private Budget() {}

    /** Bytes of the JSON. */
    static int size(JsonNode json) {
        return size(json.toString());
    }

    /** Bytes of the text. */
    static int size(String text) {
        return text.getBytes(UTF_8).length;
    }

    /**
     * Makes a record fit: halves its longest list, or its longest text where no list is left, until it does, and says so in
     * its field {@code shortened}.
     */
    static void shorten(ObjectNode item, int most) {
        while (size(item) > most) {
            item.put("shortened", true);
            ArrayNode list = longestList(item);
            if (list != null) {
                for (int i = list.size() - 1; i >= list.size() / 2.0; i--) {
                    list.remove(i);
                }
            } else if (!cutText(item)) {
                return;
            }
        }
    }

    private static boolean cutText(ObjectNode item) {
        ObjectNode holder = null;
        String field = "";
        int length = SHORTEST_TEXT;
        for (ContainerNode<?> node : containers(item, new ArrayList<>())) {
            if (node instanceof ObjectNode object) {
                for (var property : object.properties()) {
                    if (property.getValue() instanceof TextNode text
                            && text.textValue().length() > length) {
                        holder = object;
                        field = property.getKey();
                        length = text.textValue().length();
                    }
                }
            }
        }
        if (holder == null) {
            return false;
        }
        String text = holder.get(field).textValue();
        holder.put(field, text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, length / 2))) + CUT);
        return true;
    }

    private static @Nullable ArrayNode longestList(JsonNode root) {
        ArrayNode longest = null;
        int size = 0;
        for (ContainerNode<?> node : containers(root, new ArrayList<>())) {
            if (node instanceof ArrayNode list && list.size() > 1 && size(list) > size) {
                longest = list;
                size = size(list);
            }
        }
        return longest;
    }

    private static List<ContainerNode<?>> containers(JsonNode node, List<ContainerNode<?>> found) {
        if (node instanceof ContainerNode<?> container) {
            found.add(container);
            container.forEach(child -> containers(child, found));
        }
        return found;
    }
}
