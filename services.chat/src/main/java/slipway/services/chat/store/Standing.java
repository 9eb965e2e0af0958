package slipway.services.chat.store;

import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a user.
 *
 * @param mute that holds, or has ended; empty if there is none
 * @param ignored accounts that the user does not hear, and their names
 */
public record Standing(Optional<Mute> mute, Map<Long, String> ignored) {}
