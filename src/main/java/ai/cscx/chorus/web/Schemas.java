package ai.cscx.chorus.web;

import ai.cscx.chorus.agent.Answer;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas (2020-12) of wire records, read from the records themselves: every component is required unless it may be
 * null. Each record becomes a named schema. Not thread-safe.
 */
final class Schemas {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<Class<?>, String[]> SCALARS = Map.ofEntries(
            Map.entry(String.class, new String[] {"string", ""}),
            Map.entry(UUID.class, new String[] {"string", "uuid"}),
            Map.entry(Instant.class, new String[] {"string", "date-time"}),
            Map.entry(LocalDate.class, new String[] {"string", "date"}),
            Map.entry(boolean.class, new String[] {"boolean", ""}),
            Map.entry(Boolean.class, new String[] {"boolean", ""}),
            Map.entry(int.class, new String[] {"integer", "int32"}),
            Map.entry(Integer.class, new String[] {"integer", "int32"}),
            Map.entry(long.class, new String[] {"integer", "int64"}),
            Map.entry(Long.class, new String[] {"integer", "int64"}),
            Map.entry(double.class, new String[] {"number", "double"}),
            Map.entry(Double.class, new String[] {"number", "double"}));

    private final Map<String, ObjectNode> named = new TreeMap<>();
    private final Map<String, JavaType> types = new HashMap<>();

    /** All records met so far, by name. */
    ObjectNode named() {
        ObjectNode all = NODES.objectNode();
        named.forEach(all::set);
        return all;
    }

    /** A reference to the schema of a record, or the schema of anything else; anything goes for what has no shape. */
    ObjectNode of(JavaType type) {
        Class<?> raw = type.getRawClass();
        String[] scalar = SCALARS.get(raw);
        ObjectNode schema = NODES.objectNode();
        if (scalar != null) {
            schema.put("type", scalar[0]);
            if (!scalar[1].isEmpty()) {
                schema.put("format", scalar[1]);
            }
        } else if (raw.isEnum()) {
            schema.put("type", "string");
            ArrayNode words = schema.putArray("enum");
            for (Object constant : raw.getEnumConstants()) {
                words.add(WireJson.MAPPER.convertValue(constant, String.class));
            }
        } else if (Collection.class.isAssignableFrom(raw)) {
            schema.put("type", "array").set("items", of(type.getContentType()));
        } else if (Map.class.isAssignableFrom(raw)) {
            schema.put("type", "object").set("additionalProperties", of(type.getContentType()));
        } else if (raw.isRecord()) {
            schema.put("$ref", "#/components/schemas/" + define(type));
        }
        return schema;
    }

    private String define(JavaType type) {
        String name = name(type);
        JavaType other = types.putIfAbsent(name, type);
        if (other != null && !other.equals(type)) {
            throw new IllegalStateException("Two records would be described as " + name + ": " + type + ", " + other);
        }
        if (!named.containsKey(name)) {
            ObjectNode schema = NODES.objectNode();
            named.put(name, schema);
            if (type.getRawClass() == Answer.Card.class) {
                cards(schema.putArray("oneOf"));
                return name;
            }
            schema.put("type", "object");
            fill(type, schema.putObject("properties"), schema.putArray("required"));
        }
        return name;
    }

    /** One shape a type of card: the types of their items differ. */
    private void cards(ArrayNode shapes) {
        new TreeMap<>(Answer.Card.types()).forEach((word, item) -> {
            ObjectNode shape = shapes.addObject().put("type", "object");
            ObjectNode properties = shape.putObject("properties");
            properties.putObject("type").put("type", "string").putArray("enum").add(word);
            properties.putObject("items").put("type", "array").set("items", of(WireJson.type(item)));
            properties.set("total", of(WireJson.type(long.class)));
            shape.putArray("required").add("type").add("items").add("total");
        });
    }

    private void fill(JavaType type, ObjectNode properties, ArrayNode required) {
        var described = WireJson.MAPPER.getSerializationConfig().introspect(type);
        for (BeanPropertyDefinition property : described.findProperties()) {
            AnnotatedMember member = property.getAccessor();
            var unwrapping = WireJson.MAPPER
                    .getSerializationConfig()
                    .getAnnotationIntrospector()
                    .findUnwrappingNameTransformer(member);
            if (unwrapping != null) {
                fill(member.getType(), properties, required);
            } else if (isNullable(type.getRawClass(), property.getInternalName())) {
                properties.set(property.getName(), orNull(of(member.getType())));
            } else {
                properties.set(property.getName(), of(member.getType()));
                required.add(property.getName());
            }
        }
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.isEmpty()) {
            return schema;
        }
        if (schema.has("type")) {
            String type = schema.get("type").asText();
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        ObjectNode either = NODES.objectNode();
        either.putArray("anyOf").add(schema).add(NODES.objectNode().put("type", "null"));
        return either;
    }

    private static boolean isNullable(Class<?> type, String component) {
        return Arrays.stream(type.getRecordComponents())
                .filter(candidate -> candidate.getName().equals(component))
                .map(RecordComponent::getAnnotatedType)
                .anyMatch(annotated -> annotated.isAnnotationPresent(Nullable.class));
    }

    /** The record's name without "View", after the ones that it stands in and before what it holds. */
    private static String name(JavaType type) {
        StringBuilder name = new StringBuilder();
        for (Class<?> part = type.getRawClass(); part != null; part = part.getEnclosingClass()) {
            if (part.isRecord()) {
                name.insert(0, part.getSimpleName().replaceFirst("(View|Body)$", ""));
            }
        }
        String parameters = type.getBindings().getTypeParameters().stream()
                .map(parameter -> name(parameter))
                .collect(Collectors.joining());
        return parameters.isEmpty() ? name.toString() : name + "Of" + parameters;
    }
}
