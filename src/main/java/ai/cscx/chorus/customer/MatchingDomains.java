package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.Failure;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Mail domains that never say which customer a call is with: ours, and our partners'. The domains of the people of the
 * workspace are ours, too, except free-mail.
 */
public record MatchingDomains(Set<String> own, Set<String> partners) {
    public static final MatchingDomains NONE = new MatchingDomains(Set.of(), Set.of());

    public MatchingDomains {
        own = Set.copyOf(own);
        partners = Set.copyOf(partners);
    }

    /**
     * Reads domains separated by commas.
     *
     * @throws Failure.Rejected if one is no domain, or anybody's
     */
    public static Set<String> parse(String text) {
        return Arrays.stream(text.split(","))
                .filter(part -> !part.isBlank())
                .map(MatchingDomains::domain)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String domain(String text) {
        String domain = MailDomains.plain(text.strip().replaceFirst("^@", ""));
        if (domain == null || MailDomains.lineage(domain).isEmpty()) {
            throw new Failure.Rejected("lists domains separated by commas, such as example.com,example.de");
        }
        if (MailDomains.isFree(domain)) {
            throw new Failure.Rejected("holds a free-mail domain, where anybody may have an address");
        }
        return domain;
    }

    Set<String> ours(Collection<String> colleagues) {
        Set<String> ours = new HashSet<>(own);
        for (String domain : colleagues) {
            String plain = MailDomains.plain(domain);
            if (plain != null && !MailDomains.isFree(plain)) {
                ours.add(plain);
            }
        }
        return ours;
    }
}
