package slipway.services.chat.command;

import java.time.Instant;
import java.util.List;

/**
 * What operators do with the chat. Methods may be called from any thread and wait until it has been
 * done, at most for some seconds.
 */
interface Operations {

  /** The rooms that somebody is in, ordered by name. */
  List<Room> rooms();

  /**
   * Who is in a room.
   *
   * @param room its name
   * @return names as others see them, with why they do not answer, ordered; empty if nobody is
   * @throws Refused if that is no name of a room
   */
  List<String> who(String room) throws Refused;

  /**
   * Says something in a room; it is kept in the room's history.
   *
   * @param room its name
   * @param text one line
   * @throws Refused if that is no name of a room, if the text is empty or too long, or if it cannot
   *     be stored
   * @throws InterruptedException if interrupted while waiting
   */
  void say(String room, String text) throws Refused, InterruptedException;

  /**
   * Ends all connections of a user. It is noted in the chat's audit table.
   *
   * @param name the user's name, or what the user is known as now
   * @param reason why, one line; may be empty
   * @return how many ended
   * @throws Refused if nobody by that name is there, or if it cannot be noted
   * @throws InterruptedException if interrupted while waiting
   */
  int kick(String name, String reason) throws Refused, InterruptedException;

  /**
   * The last messages of a room, in their order.
   *
   * @param room its name
   * @param count how many at most
   * @param before only messages with a number below this; {@link Long#MAX_VALUE} for all
   * @throws Refused if that is no name of a room, or if they cannot be read
   * @throws InterruptedException if interrupted while waiting
   */
  List<Message> history(String room, int count, long before) throws Refused, InterruptedException;

  /**
   * A room that somebody is in.
   *
   * @param name its name
   * @param users how many users are in it
   */
  record Room(String name, int users) {}

  /**
   * A message that is stored.
   *
   * @param id its number, greater than those of all before
   * @param sent when it was stored
   * @param line as it was shown
   */
  record Message(long id, Instant sent, String line) {}
}
