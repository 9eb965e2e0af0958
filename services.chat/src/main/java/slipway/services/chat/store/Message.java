package slipway.services.chat.store;

import java.time.Instant;
import slipway.services.chat.text.RoomName;

/**
 * A message that is stored.
 *
 * @param id its number: greater than that of each message stored before
 * @param origin the connection that it came by, which does not get it; 0 if that is not known
 */
public record Message(
    long id,
    RoomName room,
    Instant sent,
    long account,
    String name,
    Kind kind,
    String content,
    long origin) {

  /** Whether the other one is this one, as the database gives it back. */
  boolean isStoredAs(Message other) {
    return id == other.id
        && account == other.account
        && kind == other.kind
        && sent.equals(other.sent)
        && room.key().equals(other.room.key())
        && name.equals(other.name)
        && content.equals(other.content);
  }

  /** As it is shown, without a delimiter. */
  public String line() {
    return switch (kind) {
      case SAID -> name + ": " + content;
      case DID -> "** " + name + " " + content;
      case TOLD -> "* " + content;
    };
  }
}
