package ai.cscx.chorus.mcp;

import io.modelcontextprotocol.util.McpUriTemplateManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI template (RFC 6570) of simple variables, <code>{id}</code>, and at its end optional query parameters,
 * <code>{?from,to}</code>, which the SDK's own does not know. Immutable.
 */
final class UriTemplates implements McpUriTemplateManager {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\??)([^}]+)}");

    private final String template;
    private final List<String> inPath = new ArrayList<>();
    private final List<String> inQuery = new ArrayList<>();
    private final Pattern path;

    UriTemplates(String template) {
        this.template = template;
        StringBuilder pattern = new StringBuilder();
        Matcher variable = VARIABLE.matcher(template);
        int from = 0;
        while (variable.find()) {
            pattern.append(Pattern.quote(template.substring(from, variable.start())));
            from = variable.end();
            if (variable.group(1).isEmpty()) {
                inPath.add(variable.group(2));
                pattern.append("([^/?#]+)");
            } else {
                inQuery.addAll(List.of(variable.group(2).split(",", -1)));
            }
        }
        pattern.append(Pattern.quote(template.substring(from)));
        this.path = Pattern.compile(pattern + "(?:\\?([^#]*))?");
    }

    @Override
    public List<String> getVariableNames() {
        List<String> names = new ArrayList<>(inPath);
        names.addAll(inQuery);
        return names;
    }

    /** The values of a URI that matches, as they stand in it; parameters that the template does not name are left out. */
    @Override
    public Map<String, String> extractVariableValues(String uri) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = path.matcher(uri);
        if (!matcher.matches()) {
            return values;
        }
        for (int i = 0; i < inPath.size(); i++) {
            values.put(inPath.get(i), matcher.group(i + 1));
        }
        String query = matcher.group(inPath.size() + 1);
        for (String parameter : query == null ? List.<String>of() : List.of(query.split("&", -1))) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && inQuery.contains(parameter.substring(0, equals))) {
                values.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return values;
    }

    @Override
    public boolean matches(String uri) {
        // The template itself stands for its resource where a client asks for completions.
        return uri.equals(template) || path.matcher(uri).matches();
    }

    @Override
    public boolean isUriTemplate(String uri) {
        return VARIABLE.matcher(uri).find();
    }
}
