package ai.cscx.chorus.agent;

import java.time.Instant;

/** A message and what it was answered with. */
public record Turn(String message, Answer answer, Instant at) {}
