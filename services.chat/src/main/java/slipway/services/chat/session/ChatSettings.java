package slipway.services.chat.session;

import java.time.Duration;
import slipway.account.AccountName;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.services.chat.text.RoomName;

/**
 * What is configured for the chat.
 *
 * @param room that every user enters first
 * @param registration whether logging in with an unused name registers it
 * @param loginTimeout time in which a client has to log in
 * @param loginTries wrong passwords in a row that close a connection
 * @param addressTries wrong passwords from one address in a while
 * @param addressLogIns right passwords from one address in a while
 * @param nameTries wrong passwords for one name in a while
 * @param newMute how long a new user may only read; zero for not at all
 * @param addressConnections connections from one address
 * @param userConnections connections of one user
 * @param messageLength bytes of a message
 * @param messageBurst messages that a user may send at once
 * @param messageRate messages a second from then on
 * @param slowLimit bytes that may wait for a user
 * @param idleTimeout after which a silent connection is closed; zero for never
 * @param historyShown earlier messages that a user sees on entering a room
 * @param historyAge after which a message is removed; zero for never
 * @param historyCount messages kept of each room; zero for all
 * @param topicOperators whether only operators may set a room's topic
 */
public record ChatSettings(
    RoomName room,
    boolean registration,
    Duration loginTimeout,
    int loginTries,
    int addressTries,
    int addressLogIns,
    int nameTries,
    Duration newMute,
    int addressConnections,
    int userConnections,
    int messageLength,
    int messageBurst,
    int messageRate,
    int slowLimit,
    Duration idleTimeout,
    int historyShown,
    Duration historyAge,
    int historyCount,
    boolean topicOperators) {

  /** The greatest length of a message that can be configured, in bytes; what a column holds. */
  public static final int LONGEST_MESSAGE = 16_384;

  private static final Duration YEAR = Duration.ofDays(365);

  /**
   * Reads what is configured.
   *
   * @throws InvalidConfiguration if it is refused
   */
  public static ChatSettings of(Settings settings) throws InvalidConfiguration {
    return new ChatSettings(
        room(settings),
        settings.flag("registration"),
        settings.duration("login.timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
        settings.integer("login.tries", 1, 100),
        settings.integer("address.tries", 1, 1_000_000),
        settings.integer("address.logins", 1, 1_000_000),
        settings.integer("name.tries", 1, 1_000_000),
        settings.duration("new.mute", Duration.ZERO, YEAR),
        settings.integer("address.connections", 1, 1_000_000),
        settings.integer("user.connections", 1, 1000),
        settings.integer("message.length", 1, LONGEST_MESSAGE),
        settings.integer("message.burst", 1, 1000),
        settings.integer("message.rate", 1, 1000),
        settings.integer("slow.limit", 4096, 1 << 30),
        settings.duration("idle.timeout", Duration.ZERO, YEAR),
        settings.integer("history.shown", 0, 500),
        settings.duration("history.age", Duration.ZERO, YEAR.multipliedBy(100)),
        settings.integer("history.count", 0, Integer.MAX_VALUE),
        settings.flag("topic.operators"));
  }

  private static RoomName room(Settings settings) throws InvalidConfiguration {
    try {
      return RoomName.of(settings.text("room"));
    } catch (IllegalArgumentException noRoom) {
      throw settings.refused("room", AccountName.FORM);
    }
  }
}
