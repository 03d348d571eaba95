package ai.cscx.chorus.agent;

import java.time.Instant;

/**
 * A conversation in a list.
 *
 * @param question with which it began
 * @param at when it was used last
 */
public record Conversation(String id, String question, Instant at) {}
