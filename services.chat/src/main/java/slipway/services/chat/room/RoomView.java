package slipway.services.chat.room;

/**
 * A room as everybody sees it.
 *
 * @param name as it is shown
 * @param users how many are in it
 */
public record RoomView(String name, int users) {}
