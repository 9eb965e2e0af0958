package slipway.services.chat.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import slipway.data.Schema;

/**
 * Removes messages that are too old, and of each room those that are too many. It does so in steps,
 * so that nobody waits long for a lock.
 */
public final class Retention {

  private static final int STEP = 5_000;

  private final Schema schema;
  private final InstantSource clock;

  /** Makes it. */
  public Retention(Schema schema, InstantSource clock) {
    this.schema = schema;
    this.clock = clock;
  }

  /**
   * Does it once. From any thread.
   *
   * @param age beyond which messages go; zero for any age
   * @param count of messages that a room keeps; zero for any number
   * @return how many messages went
   */
  public CompletionStage<Long> run(Duration age, int count) {
    CompletionStage<Long> byAge =
        age.isZero()
            ? schema.read(connection -> 0L)
            : schema
                .read(connection -> before(connection, clock.millis() - age.toMillis()))
                .thenCompose(upTo -> removeAll(upTo, 0));
    return byAge.thenCompose(
        removed -> count == 0 ? schema.read(connection -> removed) : byCount(count, removed));
  }

  private static long before(Connection connection, long time) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT COALESCE(MAX(id), 0) FROM chat_message WHERE sent < ?")) {
      select.setLong(1, time);
      return number(select);
    }
  }

  private static long number(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** In the order of numbers, which is that of time. */
  private CompletionStage<Long> removeAll(long upTo, long removed) {
    return schema
        .write(
            connection -> {
              long first;
              try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT COALESCE(MIN(id), 0) FROM chat_message WHERE id <= ?")) {
                select.setLong(1, upTo);
                first = number(select);
              }
              if (first == 0) {
                return -1;
              }
              try (PreparedStatement delete =
                  connection.prepareStatement(
                      "DELETE FROM chat_message WHERE id >= ? AND id < ? AND id <= ?")) {
                delete.setLong(1, first);
                delete.setLong(2, first + STEP);
                delete.setLong(3, upTo);
                return delete.executeUpdate();
              }
            })
        .thenCompose(
            gone ->
                gone < 0 ? schema.read(connection -> removed) : removeAll(upTo, removed + gone));
  }

  private CompletionStage<Long> byCount(int count, long removed) {
    return schema
        .read(connection -> tooMany(connection, count))
        .thenCompose(
            rooms -> {
              CompletionStage<Long> all = schema.read(connection -> removed);
              for (Map.Entry<RoomKey, Long> room : rooms.entrySet()) {
                all =
                    all.thenCompose(
                        sum ->
                            schema.write(
                                connection ->
                                    sum + remove(connection, room.getKey(), room.getValue())));
              }
              return all;
            });
  }

  private record RoomKey(byte[] bytes) {}

  /** Rooms with too many messages, and the number of the last one that goes. */
  private static Map<RoomKey, Long> tooMany(Connection connection, int count) throws SQLException {
    Map<RoomKey, Long> rooms = new LinkedHashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT room FROM chat_message GROUP BY room HAVING COUNT(*) > ?")) {
      select.setInt(1, count);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          RoomKey room = new RoomKey(rows.getBytes(1));
          rooms.put(room, nth(connection, room, count));
        }
      }
    }
    return rooms;
  }

  private static long nth(Connection connection, RoomKey room, int count) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM chat_message WHERE room = ? ORDER BY id DESC LIMIT 1 OFFSET ?")) {
      select.setBytes(1, room.bytes());
      select.setInt(2, count);
      return number(select);
    }
  }

  private static long remove(Connection connection, RoomKey room, long upTo) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM chat_message WHERE room = ? AND id <= ?")) {
      delete.setBytes(1, room.bytes());
      delete.setLong(2, upTo);
      return delete.executeUpdate();
    }
  }
}
