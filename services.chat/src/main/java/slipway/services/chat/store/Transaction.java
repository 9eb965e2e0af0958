package slipway.services.chat.store;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import slipway.data.DatabaseId;

/**
 * One transaction of the journal: finds what others have stored behind a position, and stores
 * messages behind that. In the database's thread.
 *
 * @param messages those of the database
 * @param place which database that is
 */
record Transaction(Messages messages, DatabaseId place) {

  /** Messages of others that are handed on at once, as after an outage. */
  static final int MOST_OTHERS = 500;

  /**
   * What a transaction came to.
   *
   * @param before where it began, if that is not where the journal stood; null otherwise
   * @param leftOut how many messages were not known, and are too many to be handed on
   * @param others messages that were not known
   * @param own those that it has stored, behind the others
   * @param after where it ended
   */
  record Outcome(
      Position before, long leftOut, List<Message> others, List<Message> own, Position after) {}

  /** Where the messages end. */
  Position end() throws SQLException {
    long last = messages.last();
    return new Position(place, last, messages.at(last));
  }

  /** Finds what others have stored behind a position, and stores nothing. */
  Outcome look(Position known) throws SQLException {
    return found(known, messages.last());
  }

  /** What others have stored; nothing if the database is not the one that had the position. */
  private Outcome found(Position known, long last) throws SQLException {
    if (place.equals(known.place()) && last == known.last()) {
      return new Outcome(null, 0, List.of(), List.of(), known);
    }
    if (place.equals(known.place()) && last > known.last()) {
      Message stood = known.message() == null ? null : messages.at(known.last());
      // gone is what retention has removed
      if (stood == null || stood.isStoredAs(known.message())) {
        long from = Math.max(known.last(), last - MOST_OTHERS);
        List<Message> others = messages.between(from, last);
        Message latest = others.isEmpty() ? null : others.get(others.size() - 1);
        Position end = new Position(place, last, latest);
        return new Outcome(null, from - known.last(), others, List.of(), end);
      }
    }
    Position end = new Position(place, last, messages.at(last));
    return new Outcome(end, 0, List.of(), List.of(), end);
  }

  /**
   * Stores messages, behind what others have stored.
   *
   * @param drafts at least one
   * @param clock asked once all stored before are known, so that times follow the order
   */
  Outcome store(Position known, List<Draft> drafts, InstantSource clock) throws SQLException {
    long last = messages.lockLast();
    Outcome found = found(known, last);
    List<Message> own = messages.add(last, drafts, clock.instant());
    Position after = new Position(place, last + own.size(), own.get(own.size() - 1));
    return new Outcome(found.before(), found.leftOut(), found.others(), own, after);
  }
}
