package slipway.services.chat.store;

import java.util.List;
import java.util.Optional;

/**
 * What somebody who enters a room is shown.
 *
 * @param topic what the room is about; empty if nobody has said
 * @param messages those before, in their order
 */
public record Arrival(Optional<String> topic, List<Message> messages) {}
