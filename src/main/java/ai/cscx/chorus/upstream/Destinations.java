package ai.cscx.chorus.upstream;

import ai.cscx.chorus.base.Failure;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where requests with our credentials may go: https to public addresses. Loopback, by name or literal only, and private
 * networks where the configuration says so; link-local, metadata services and the rest of the special ranges never.
 *
 * <p>{@link #addresses} gives the only addresses that may be connected to, so that a name which resolves differently a
 * moment later (DNS rebinding) gains nothing. Thread-safe.
 */
public final class Destinations {
    private static final Set<String> LOOPBACK_NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private final boolean loopbackAllowed;
    private final boolean privateAllowed;
    private final Resolver resolver;

    /**
     * @param loopbackAllowed whether http and https may go to this machine, as to a simulator
     * @param privateAllowed whether https may go to private networks (RFC 1918, RFC 6598, RFC 4193)
     */
    public Destinations(boolean loopbackAllowed, boolean privateAllowed) {
        this(loopbackAllowed, privateAllowed, InetAddress::getAllByName);
    }

    Destinations(boolean loopbackAllowed, boolean privateAllowed, Resolver resolver) {
        this.loopbackAllowed = loopbackAllowed;
        this.privateAllowed = privateAllowed;
        this.resolver = resolver;
    }

    /** Looks a name up; literals as well. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * The URL without trailing slashes, if requests may go there now: its name is looked up and every address checked.
     *
     * @throws Failure.Rejected with the reason, fit to follow the name of a field
     */
    public URI check(String url) {
        URI uri;
        try {
            uri = new URI(url.strip().replaceAll("/+$", ""));
        } catch (URISyntaxException unreadable) {
            throw new Failure.Rejected("is no URL");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new Failure.Rejected("has a query or fragment; leave it out");
        }
        checkWritten(uri);
        try {
            addresses(uri.getHost());
        } catch (Forbidden forbidden) {
            throw new Failure.Rejected(forbidden.reason());
        } catch (UnknownHostException unknown) {
            throw new Failure.Rejected("has a host that no address is known of; check its spelling");
        }
        return uri;
    }

    /**
     * What can be said without looking the name up.
     *
     * @throws Failure.Rejected with the reason
     */
    void checkWritten(URI uri) {
        String host = uri.getHost();
        if (host == null || host.isBlank()) {
            throw new Failure.Rejected("is no URL of the form https://host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new Failure.Rejected("holds a user or password; leave them out");
        }
        boolean loopback = LOOPBACK_NAMES.contains(host.toLowerCase(Locale.ROOT));
        if (loopback && !loopbackAllowed) {
            throw new Failure.Rejected("is on this machine, where nothing may be sent");
        }
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        if (!https && !(http && loopback)) {
            throw new Failure.Rejected("is not https");
        }
    }

    /**
     * The addresses of a host, all of them allowed.
     *
     * @throws Forbidden if any of them is not
     */
    InetAddress[] addresses(String host) throws UnknownHostException {
        boolean loopbackMeant = loopbackAllowed && LOOPBACK_NAMES.contains(host.toLowerCase(Locale.ROOT));
        InetAddress[] found = resolver.resolve(host);
        if (found.length == 0) {
            throw new UnknownHostException("No address");
        }
        for (InetAddress address : found) {
            boolean allowed = loopbackMeant ? address.isLoopbackAddress() : allowed(address);
            if (!allowed) {
                throw new Forbidden();
            }
        }
        return found;
    }

    private boolean allowed(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (METADATA.stream().anyMatch(range -> range.holds(bytes))) {
            return false;
        }
        if (PRIVATE.stream().anyMatch(range -> range.holds(bytes))) {
            return privateAllowed;
        }
        // Of IPv6, only global unicast is given out (RFC 4291, 2.4): all that lies outside is refused at once.
        boolean global = bytes.length == 4 || GLOBAL_UNICAST.holds(bytes);
        return global && SPECIAL.stream().noneMatch(range -> range.holds(bytes));
    }

    /** Said instead of the addresses, which would tell what the internal network looks like. */
    static final class Forbidden extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Forbidden() {
            super("Forbidden address");
        }

        String reason() {
            return "leads to an address that is not public; private networks are allowed by"
                    + " CSCX_CHORUS_PRIVATE_NETWORK=true";
        }
    }

    /** Services that hand out a machine's credentials, where they lie in ranges that may be allowed or are public. */
    private static final List<Range> METADATA =
            ranges("169.254.0.0/16", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::/32");

    private static final List<Range> PRIVATE =
            ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    private static final Range GLOBAL_UNICAST = Range.of("2000::/3");

    /**
     * The registries of special-purpose addresses (RFC 6890, as IANA keeps them), and forms of IPv6 that carry an IPv4
     * address: 6to4, Teredo; those of NAT64 and the mapped ones lie outside global unicast.
     */
    private static final List<Range> SPECIAL = ranges(
            "0.0.0.0/8",
            "127.0.0.0/8",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    private static List<Range> ranges(String... written) {
        return Arrays.stream(written).map(Range::of).toList();
    }

    /** Addresses that share their first bits. */
    private static final class Range {
        private final byte[] first;
        private final int bits;

        private Range(byte[] first, int bits) {
            this.first = first;
            this.bits = bits;
        }

        static Range of(String written) {
            int slash = written.indexOf('/');
            byte[] first = InetAddress.ofLiteral(written.substring(0, slash)).getAddress();
            return new Range(first, Integer.parseInt(written.substring(slash + 1)));
        }

        boolean holds(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, first, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ first[whole]) & 0xff & (0xff << (8 - rest))) == 0;
        }
    }
}
