package slipway.services.chat.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import slipway.data.DatabaseId;
import slipway.data.Schema;
import slipway.services.chat.text.RoomName;

/**
 * What is kept beside the stream of new messages. Methods may be called from any thread; a stage
 * fails as those of {@link Schema} do.
 */
public final class Archive {

  private final Schema schema;
  private final InstantSource clock;

  /** Makes it. */
  public Archive(Schema schema, InstantSource clock) {
    this.schema = schema;
    this.clock = clock;
  }

  /**
   * What a user sees on entering a room.
   *
   * @param upTo the number of the last message that counts
   * @param count how many messages at most
   */
  public CompletionStage<Arrival> arrival(RoomName room, long upTo, int count) {
    return schema.read(
        connection ->
            new Arrival(
                topic(connection, room), new Messages(connection).latest(room, upTo, count)));
  }

  /** The last messages of a room up to a number, in their order. */
  public CompletionStage<List<Message>> latest(RoomName room, long upTo, int count) {
    return schema.read(connection -> new Messages(connection).latest(room, upTo, count));
  }

  /**
   * What was said in a room behind one number, up to another.
   *
   * @param most how many messages at most; older ones are counted alone
   */
  public CompletionStage<Missed> missed(RoomName room, long after, long upTo, int most) {
    return schema.read(
        (connection, place) -> {
          Messages messages = new Messages(connection);
          long count = messages.count(room, after, upTo);
          return new Missed(
              place,
              messages.last(),
              Math.max(0, count - most),
              messages.latest(room, upTo, (int) Math.min(count, most)));
        });
  }

  /**
   * Rooms of which something is kept: messages or a topic.
   *
   * @param asked a room of which it matters whether it is one
   * @param known the database of which some are known; null if there is none
   * @param after up to which number of messages they are
   */
  public CompletionStage<KeptRooms> rooms(RoomName asked, DatabaseId known, long after) {
    return schema.read(
        (connection, place) -> {
          Messages messages = new Messages(connection);
          long last = messages.last();
          boolean same = place.equals(known) && last >= after;
          Set<String> keys = same ? messages.rooms(after, last) : messages.rooms();
          try (Statement select = connection.createStatement();
              ResultSet rows = select.executeQuery("SELECT room FROM chat_topic")) {
            while (rows.next()) {
              keys.add(Columns.text(rows, "room"));
            }
          }
          boolean there = keys.contains(asked.key()) || !messages.latest(asked, last, 1).isEmpty();
          return new KeptRooms(place, last, there, keys, !same);
        });
  }

  /** What a room is about; empty if it has no topic. */
  public CompletionStage<Optional<String>> topic(RoomName room) {
    return schema.read(connection -> topic(connection, room));
  }

  private static Optional<String> topic(Connection connection, RoomName room) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT topic FROM chat_topic WHERE room = ?")) {
      select.setBytes(1, Columns.bytes(room.key()));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(Columns.text(row, "topic")) : Optional.empty();
      }
    }
  }

  /**
   * Says what a room is about; an empty text takes that back.
   *
   * @return false if that was said already; it stays as it is then, with the name of before
   */
  public CompletionStage<Boolean> setTopic(RoomName room, String topic, String by) {
    return schema.write(
        connection -> {
          if (topic(connection, room).orElse("").equals(topic)) {
            return false;
          }
          execute(connection, "DELETE FROM chat_topic WHERE room = ?", room.key());
          if (!topic.isEmpty()) {
            execute(
                connection,
                "INSERT INTO chat_topic (room, topic, set_by, set_at) VALUES (?, ?, ?, ?)",
                room.key(),
                topic,
                by,
                clock.millis());
          }
          return true;
        });
  }

  /** The mute that holds for a user, or has ended; empty if there is none. */
  public CompletionStage<Optional<Mute>> mute(long account) {
    return schema.read(connection -> mute(connection, account));
  }

  /** What is kept of a user. */
  public CompletionStage<Standing> standing(long account) {
    return schema.read(
        connection -> new Standing(mute(connection, account), ignored(connection, account)));
  }

  private static Optional<Mute> mute(Connection connection, long account) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT until, reason, muted_by FROM chat_mute WHERE account = ?")) {
      select.setLong(1, account);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Mute(
                    Instant.ofEpochMilli(row.getLong("until")),
                    Columns.text(row, "reason"),
                    Columns.text(row, "muted_by")))
            : Optional.empty();
      }
    }
  }

  private static Map<Long, String> ignored(Connection connection, long account)
      throws SQLException {
    Map<Long, String> ignored = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT ignored, name FROM chat_ignore WHERE account = ?")) {
      select.setLong(1, account);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ignored.put(rows.getLong("ignored"), Columns.text(rows, "name"));
        }
      }
    }
    return ignored;
  }

  /**
   * Keeps that a user does not hear another one.
   *
   * @param name the other one's
   */
  public CompletionStage<Void> ignore(long account, long other, String name) {
    return schema.write(
        connection -> {
          hear(connection, account, other);
          execute(
              connection,
              "INSERT INTO chat_ignore (account, ignored, name) VALUES (?, ?, ?)",
              account,
              other,
              name);
          return null;
        });
  }

  /** Keeps that a user hears another one again. */
  public CompletionStage<Void> hear(long account, long other) {
    return schema.write(
        connection -> {
          hear(connection, account, other);
          return null;
        });
  }

  private static void hear(Connection connection, long account, long other) throws SQLException {
    execute(
        connection, "DELETE FROM chat_ignore WHERE account = ? AND ignored = ?", account, other);
  }

  /** Mutes a user, in place of any mute before. */
  public CompletionStage<Void> setMute(long account, String name, Mute mute) {
    return schema.write(
        connection -> {
          execute(connection, "DELETE FROM chat_mute WHERE account = ?", account);
          execute(
              connection,
              "INSERT INTO chat_mute (account, until, reason, muted_by) VALUES (?, ?, ?, ?)",
              account,
              mute.until().toEpochMilli(),
              mute.reason(),
              mute.by());
          audit(connection, mute.by(), "MUTE", name, "until " + mute.until() + " " + mute.reason());
          return null;
        });
  }

  /** Ends a mute. */
  public CompletionStage<Void> endMute(long account, String name, String by) {
    return schema.write(
        connection -> {
          execute(connection, "DELETE FROM chat_mute WHERE account = ?", account);
          audit(connection, by, "UNMUTE", name, "");
          return null;
        });
  }

  /**
   * Notes what an operator does.
   *
   * @param operator the operator's name
   * @param what one word
   * @param target the user's name
   * @param detail until when, why
   */
  public CompletionStage<Void> note(String operator, String what, String target, String detail) {
    return schema.write(
        connection -> {
          audit(connection, operator, what, target, detail);
          return null;
        });
  }

  private void audit(
      Connection connection, String operator, String what, String target, String detail)
      throws SQLException {
    execute(
        connection,
        "INSERT INTO chat_audit (done_at, operator, what, target, detail) VALUES (?, ?, ?, ?, ?)",
        clock.millis(),
        operator,
        new Word(what),
        target,
        detail.strip());
  }

  /** Text of our own, which is not kept in bytes. */
  private record Word(String text) {}

  private static void execute(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] instanceof Long number) {
          statement.setLong(i + 1, number);
        } else if (values[i] instanceof Word word) {
          statement.setString(i + 1, word.text());
        } else {
          statement.setBytes(i + 1, Columns.bytes(values[i].toString()));
        }
      }
      statement.executeUpdate();
    }
  }
}
