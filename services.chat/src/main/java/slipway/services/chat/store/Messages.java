package slipway.services.chat.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import slipway.services.chat.text.RoomName;

/** The table of messages, in the transaction that a connection is in. */
final class Messages {

  private static final String SELECT =
      "SELECT id, room, sent, account, name, kind, content FROM chat_message";

  /** Messages that are looked at for the names of their rooms. */
  private static final int FEW = 10_000;

  private static final int MOST_ROOMS = 100_000;

  private final Connection connection;

  Messages(Connection connection) {
    this.connection = connection;
  }

  /** The number of the last message. */
  long last() throws SQLException {
    return number("SELECT last_message FROM chat_sequence WHERE id = 1");
  }

  /** The number of the last message, locked until the transaction ends. */
  long lockLast() throws SQLException {
    return number("SELECT last_message FROM chat_sequence WHERE id = 1 FOR UPDATE");
  }

  /** One message; null if it is not there. */
  Message at(long id) throws SQLException {
    List<Message> found = between(id - 1, id);
    return found.isEmpty() ? null : found.get(0);
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new SQLException("chat_sequence has lost its row");
      }
      return row.getLong(1);
    }
  }

  /**
   * Adds messages.
   *
   * @param last the number of the one before
   */
  List<Message> add(long last, List<Draft> drafts, Instant sent) throws SQLException {
    List<Message> added = new ArrayList<>(drafts.size());
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO chat_message (id, room, sent, account, name, kind, content)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      long id = last;
      for (Draft draft : drafts) {
        id++;
        insert.setLong(1, id);
        insert.setBytes(2, Columns.bytes(draft.room().key()));
        insert.setLong(3, sent.toEpochMilli());
        insert.setLong(4, draft.account());
        insert.setBytes(5, Columns.bytes(draft.name()));
        insert.setString(6, draft.kind().name());
        insert.setBytes(7, Columns.bytes(draft.content()));
        insert.addBatch();
        added.add(
            new Message(
                id,
                draft.room(),
                Instant.ofEpochMilli(sent.toEpochMilli()),
                draft.account(),
                draft.name(),
                draft.kind(),
                draft.content(),
                draft.origin()));
      }
      insert.executeBatch();
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE chat_sequence SET last_message = ? WHERE id = 1")) {
      update.setLong(1, last + drafts.size());
      update.executeUpdate();
    }
    return added;
  }

  /** All messages behind one number, up to another, in their order. */
  List<Message> between(long after, long upTo) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + " WHERE id > ? AND id <= ? ORDER BY id")) {
      select.setLong(1, after);
      select.setLong(2, upTo);
      return read(select);
    }
  }

  /** How many messages of a room are behind one number, up to another. */
  long count(RoomName room, long after, long upTo) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM chat_message WHERE room = ? AND id > ? AND id <= ?")) {
      select.setBytes(1, Columns.bytes(room.key()));
      select.setLong(2, after);
      select.setLong(3, upTo);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The last messages of a room up to a number, in their order. */
  List<Message> latest(RoomName room, long upTo, int count) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + " WHERE room = ? AND id <= ? ORDER BY id DESC LIMIT ?")) {
      select.setBytes(1, Columns.bytes(room.key()));
      select.setLong(2, upTo);
      select.setInt(3, count);
      List<Message> messages = read(select);
      Collections.reverse(messages);
      return messages;
    }
  }

  /** Rooms with messages behind one number, up to another. */
  Set<String> rooms(long after, long upTo) throws SQLException {
    if (upTo - after > FEW) {
      return rooms();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT DISTINCT room FROM chat_message WHERE id > ? AND id <= ?")) {
      select.setLong(1, after);
      select.setLong(2, upTo);
      Set<String> keys = new HashSet<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          keys.add(Columns.text(rows, "room"));
        }
      }
      return keys;
    }
  }

  /** Rooms with messages, found one by one in the index, as there are far more messages. */
  Set<String> rooms() throws SQLException {
    Set<String> keys = new HashSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT room FROM chat_message WHERE room > ? ORDER BY room LIMIT 1")) {
      byte[] last = {};
      while (last != null && keys.size() < MOST_ROOMS) {
        select.setBytes(1, last);
        try (ResultSet row = select.executeQuery()) {
          last = row.next() ? row.getBytes("room") : null;
          if (last != null) {
            keys.add(Columns.text(row, "room"));
          }
        }
      }
    }
    return keys;
  }

  private static List<Message> read(PreparedStatement select) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      List<Message> messages = new ArrayList<>();
      while (rows.next()) {
        messages.add(
            new Message(
                rows.getLong("id"),
                room(Columns.text(rows, "room")),
                Instant.ofEpochMilli(rows.getLong("sent")),
                rows.getLong("account"),
                Columns.text(rows, "name"),
                Kind.valueOf(rows.getString("kind")),
                Columns.text(rows, "content"),
                0));
      }
      return messages;
    }
  }

  /** By what is stored, whatever a later version of the JDK takes for the key of that. */
  private static RoomName room(String key) {
    return new RoomName(key, key);
  }
}
