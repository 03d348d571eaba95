package ai.cscx.chorus.customer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.jspecify.annotations.Nullable;

/**
 * What a mail domain can say about a company. A mailbox that anybody can get says nothing (free-mail-domains.txt), and
 * neither does anything above what somebody can register: {@code co.uk} is nobody's.
 */
final class MailDomains {
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();
    private static final Set<String> FREE = free();
    /** Addresses of calendars and rooms, not of people. */
    private static final Set<String> CALENDARS = Set.of("calendar.google.com", "calendar.yahoo.com");

    private MailDomains() {}

    /** The domain of an e-mail address as names are compared, or null if it has none. */
    static @Nullable String of(@Nullable String email) {
        int at = email == null ? -1 : email.lastIndexOf('@');
        return email == null || at < 0 ? null : plain(email.substring(at + 1));
    }

    /** In lower case and ASCII; null if it is no domain. */
    static @Nullable String plain(String domain) {
        String stripped = domain.strip();
        String bare = stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
        try {
            String ascii = IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return ascii.contains(".") && !ascii.startsWith(".") ? ascii : null;
        } catch (IllegalArgumentException unwritable) {
            return null;
        }
    }

    /** Whether an address at this domain may belong to anybody. */
    static boolean isFree(String domain) {
        return lineage(domain).stream().anyMatch(at -> FREE.contains(at) || CALENDARS.contains(at));
    }

    /** The domain and those above it, the longest first, down to the one that somebody registered. */
    static List<String> lineage(String domain) {
        String root = SUFFIXES.getDomainRoot(domain);
        if (root == null) {
            return List.of();
        }
        List<String> lineage = new ArrayList<>();
        String at = domain;
        while (at.length() > root.length()) {
            lineage.add(at);
            at = at.substring(at.indexOf('.') + 1);
        }
        lineage.add(root);
        return lineage;
    }

    private static Set<String> free() {
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(MailDomains.class.getResourceAsStream("free-mail-domains.txt")), UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException broken) {
            throw new UncheckedIOException("The list of free-mail domains cannot be read", broken);
        }
    }
}
