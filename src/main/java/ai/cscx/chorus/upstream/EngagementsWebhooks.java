package ai.cscx.chorus.upstream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v3/webhook}: created with {@code hook_url}, listed as {@code url}, removed by a DELETE with a body. */
final class EngagementsWebhooks implements ChorusClient.Webhooks {
    private static final String PATH = "/v3/webhook";

    private final ChorusHttp http;

    EngagementsWebhooks(ChorusHttp http) {
        this.http = http;
    }

    private record Registered(@Nullable List<Hook> webhooks) {}

    private record Hook(@Nullable String url) {}

    @Override
    public List<String> list() throws ChorusException {
        List<Hook> hooks = Wire.read(http.get(PATH).body(), Registered.class).webhooks();
        return hooks == null
                ? List.of()
                : hooks.stream()
                        .map(hook -> hook.url() == null ? "" : hook.url())
                        .toList();
    }

    @Override
    public void add(String url) throws ChorusException {
        ask("POST", Map.of("event", "recording_done", "hook_url", url));
    }

    @Override
    public void remove(String url) throws ChorusException {
        ask("DELETE", Map.of("hook_url", url));
    }

    private void ask(String method, Map<String, String> fields) throws ChorusException {
        var body = JsonNodeFactory.instance.objectNode();
        fields.forEach(body::put);
        int status = http.ask(method, PATH, Wire.bytes(body)).status();
        if (status == 404) {
            throw new ChorusException.Broken("Chorus has no webhooks at this base URL (404)", null);
        }
    }
}
