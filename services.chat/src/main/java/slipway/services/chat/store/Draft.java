package slipway.services.chat.store;

import slipway.services.chat.text.RoomName;

/**
 * A message that is not stored yet.
 *
 * @param room where it is for
 * @param account who sends it; 0 is the host
 * @param name the sender's name as others see it
 * @param content one line without control characters
 * @param origin the connection that it came by, which does not get it; 0 if none
 */
public record Draft(
    RoomName room, long account, String name, Kind kind, String content, long origin) {}
