package ai.cscx.chorus.signal;

import java.time.Instant;

/**
 * Somebody of the customer's, as they took part in its calls of the last 270 days.
 *
 * @param key e-mail address, or else the name, in lower case
 * @param calls in how many of them
 * @param tenure how many calls there were from their first to their last
 * @param missed the newest calls in a row without them
 * @param lastSeen when the last call with them began
 * @param quiet whether so many calls missed in a row are no chance any more, for somebody who came that regularly
 */
public record Attendee(String key, String name, int calls, int tenure, int missed, Instant lastSeen, boolean quiet) {}
