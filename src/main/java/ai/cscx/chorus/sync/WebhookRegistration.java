package ai.cscx.chorus.sync;

import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusException;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Chorus call us when a recording is done, where the dialect can and an address is configured. Webhooks are hints:
 * without them the poll finds the same later, so a failure here is told and stops nothing. Thread-safe.
 */
public final class WebhookRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookRegistration.class);

    private final Supplier<@Nullable URI> address;

    /**
     * @param address where Chorus reaches us, with the secret in its query: not for logs; null = nobody is to call
     */
    public WebhookRegistration(Supplier<@Nullable URI> address) {
        this.address = address;
    }

    /** Registers the address unless it is registered; addresses of ours with an older secret go. */
    void keep(ChorusClient client) {
        URI ours = address.get();
        ChorusClient.Webhooks webhooks = client.webhooks();
        if (ours == null || webhooks == null) {
            return;
        }
        try {
            boolean there = false;
            for (String url : webhooks.list()) {
                if (url.equals(ours.toString())) {
                    there = true;
                } else if (isOurs(url, ours)) {
                    webhooks.remove(url);
                }
            }
            if (!there) {
                webhooks.add(ours.toString());
                LOG.info("Chorus calls back at {} from now on", ours.getHost());
            }
        } catch (ChorusException failed) {
            LOG.warn("Chorus cannot be asked to call back, polling goes on: {}", failed.getMessage());
        }
    }

    /** Takes the address back, as far as Chorus can be reached. */
    void remove(ChorusClient client) {
        URI ours = address.get();
        ChorusClient.Webhooks webhooks = client.webhooks();
        if (ours == null || webhooks == null) {
            return;
        }
        try {
            for (String url : webhooks.list()) {
                if (isOurs(url, ours)) {
                    webhooks.remove(url);
                }
            }
        } catch (ChorusException failed) {
            LOG.warn("Chorus may go on calling back, remove the webhook there: {}", failed.getMessage());
        }
    }

    /** The same address, whatever the secret. */
    private static boolean isOurs(String url, URI ours) {
        String address = ours.toString();
        int query = address.indexOf('?');
        return url.startsWith(query < 0 ? address : address.substring(0, query));
    }
}
