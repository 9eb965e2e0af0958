package slipway.services.chat.store;

import java.util.List;
import java.util.Optional;

/**
 * What a user sees on entering a room.
 *
 * @param topic what the room is about; empty if it has no topic
 * @param messages those before, in their order
 */
public record Arrival(Optional<String> topic, List<Message> messages) {}
