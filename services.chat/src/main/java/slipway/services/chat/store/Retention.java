package slipway.services.chat.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import slipway.data.Schema;
import slipway.data.Work;

/**
 * Removes messages that are too old, and of each room those that are too many. It does so in steps,
 * so that no transaction waits long for a lock.
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
    CompletionStage<Long> byAge = age.isZero() ? CompletableFuture.completedStage(0L) : byAge(age);
    return byAge.thenCompose(
        removed ->
            count == 0 ? CompletableFuture.completedStage(removed) : byCount(count, removed));
  }

  /** Each by its own time: a clock that was wrong once takes nothing else with it. */
  private CompletionStage<Long> byAge(Duration age) {
    long oldest = clock.millis() - age.toMillis();
    return inSteps(
        0,
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM chat_message WHERE sent < ? LIMIT ?")) {
            delete.setLong(1, oldest);
            delete.setInt(2, STEP);
            return delete.executeUpdate();
          }
        });
  }

  /** Removes until there is nothing left to remove. */
  private CompletionStage<Long> inSteps(long removed, Work<Integer> step) {
    return schema
        .write(step)
        .thenCompose(
            gone ->
                gone == 0
                    ? CompletableFuture.completedStage(removed)
                    : inSteps(removed + gone, step));
  }

  private CompletionStage<Long> byCount(int count, long removed) {
    return schema
        .read(connection -> tooMany(connection, count))
        .thenCompose(
            rooms -> {
              CompletionStage<Long> all = CompletableFuture.completedStage(removed);
              for (Excess room : rooms) {
                all = all.thenCompose(sum -> inSteps(sum, connection -> remove(connection, room)));
              }
              return all;
            });
  }

  /**
   * A room with too many messages.
   *
   * @param room its name, as it is stored
   * @param upTo the number of the last message that goes
   */
  private record Excess(byte[] room, long upTo) {}

  private static List<Excess> tooMany(Connection connection, int count) throws SQLException {
    List<Excess> rooms = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT room FROM chat_message GROUP BY room HAVING COUNT(*) > ?")) {
      select.setInt(1, count);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          byte[] room = rows.getBytes(1);
          rooms.add(new Excess(room, nth(connection, room, count)));
        }
      }
    }
    return rooms;
  }

  private static long nth(Connection connection, byte[] room, int count) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM chat_message WHERE room = ? ORDER BY id DESC LIMIT 1 OFFSET ?")) {
      select.setBytes(1, room);
      select.setInt(2, count);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static int remove(Connection connection, Excess excess) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM chat_message WHERE room = ? AND id <= ? LIMIT ?")) {
      delete.setBytes(1, excess.room());
      delete.setLong(2, excess.upTo());
      delete.setInt(3, STEP);
      return delete.executeUpdate();
    }
  }
}
