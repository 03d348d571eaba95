package ai.cscx.chorus.agent;

import ai.cscx.chorus.date.Folding;
import java.util.regex.Pattern;

/** What somebody says to a proposal. Only a plain yes is one; whatever else is said with it makes it something else. */
enum Consent {
    YES,
    NO,
    NEITHER;

    private static final Pattern A_YES = Pattern.compile(
            "(?:(?:yes|yep|yeah|yup|y|ok|okay|sure|confirm|confirmed|i confirm|correct|right|do it|do that|go ahead|go for it|please do|please|sounds good|looks good|lgtm|absolutely|definitely|of course|thats right|great|perfect|thanks|thank you) ?)+");
    private static final Pattern A_NO = Pattern.compile(
            "(?:(?:no|nope|nah|n|cancel|cancel it|cancel that|stop|never mind|nevermind|forget it|dont|do not|dont do it|do not do it|leave it|not now|abort|discard|thanks|thank you|please) ?)+");
    private static final Pattern COURTESY = Pattern.compile("(?:(?:thanks|thank you|please|great|perfect|right) ?)+");

    static Consent of(String message) {
        String words = Folding.fold(message)
                .replaceAll("<@[^>]*>|@\\S+", " ")
                .replace("\ud83d\udc4d", "yes")
                .replaceAll("['’]", "")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
        if (COURTESY.matcher(words).matches()) {
            return NEITHER;
        }
        return A_YES.matcher(words).matches() ? YES : A_NO.matcher(words).matches() ? NO : NEITHER;
    }
}
