package slipway.services.chat.store;

import java.time.Instant;

/** A user may not talk until then. */
public record Mute(Instant until, String reason, String by) {}
