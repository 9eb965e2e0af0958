package slipway.services.world;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import slipway.data.Schema;

/** Where players were when they left last, in the database. Its methods block. */
final class Places {

  private final Schema schema;

  Places(Schema schema) {
    this.schema = schema;
  }

  /**
   * Where a player was.
   *
   * @return where it begins, if it was never here, or its place is not there any more
   * @throws Exception if the database is away or fails
   */
  Place find(long account) throws Exception {
    Place found = Blocking.await(schema.read(connection -> find(connection, account)));
    return found != null && found.exists() ? found : Place.first(account);
  }

  private static Place find(Connection connection, long account) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT zone, x, y FROM world_place WHERE account = ?")) {
      select.setLong(1, account);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Place(row.getString("zone"), row.getInt("x"), row.getInt("y"))
            : null;
      }
    }
  }

  /**
   * Keeps where a player is.
   *
   * @throws Exception if the database is away or fails
   */
  void keep(long account, Place place) throws Exception {
    Blocking.await(
        schema.write(
            connection -> {
              if (!put(connection, UPDATE, account, place)) {
                put(connection, INSERT, account, place);
              }
              return null;
            }));
  }

  private static final String UPDATE =
      "UPDATE world_place SET zone = ?, x = ?, y = ? WHERE account = ?";
  private static final String INSERT =
      "INSERT INTO world_place (zone, x, y, account) VALUES (?, ?, ?, ?)";

  private static boolean put(Connection connection, String sql, long account, Place place)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, place.zone());
      statement.setInt(2, place.x());
      statement.setInt(3, place.y());
      statement.setLong(4, account);
      return statement.executeUpdate() > 0;
    }
  }
}
