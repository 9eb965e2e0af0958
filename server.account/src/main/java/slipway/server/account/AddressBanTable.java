package slipway.server.account;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.Network;

/** The tables of banned networks, and of where users were last, in a connection's transaction. */
final class AddressBanTable {

  private static final String SELECT =
      "SELECT network, ban_until, ban_reason, ban_by FROM account_address_ban WHERE ban_until > ?";

  private final Connection connection;

  AddressBanTable(Connection connection) {
    this.connection = connection;
  }

  /** The ban that keeps an address out for the longest time; empty if it may come in. */
  Optional<AddressBan> banOf(InetAddress address, Instant now) throws SQLException {
    Network client = Network.of(address);
    return all(
            SELECT + " AND first_address <= ? AND last_address >= ? ORDER BY ban_until DESC",
            Rows.millis(now),
            client.first(),
            client.first())
        .stream()
        .findFirst();
  }

  /** Those that hold now, in no order. */
  List<AddressBan> all(Instant now) throws SQLException {
    return all(SELECT, Rows.millis(now));
  }

  /** Bans a network, in place of any ban of the same one; bans that have ended are removed. */
  void ban(AddressBan ban, Instant now) throws SQLException {
    Rows.execute(
        connection,
        "DELETE FROM account_address_ban WHERE network = ? OR ban_until <= ?",
        ban.network().toString(),
        Rows.millis(now));
    Rows.execute(
        connection,
        "INSERT INTO account_address_ban"
            + " (network, first_address, last_address, ban_until, ban_reason, ban_by)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        ban.network().toString(),
        ban.network().first(),
        ban.network().last(),
        Rows.millis(ban.ban().until()),
        Rows.bytes(ban.ban().reason()),
        Rows.bytes(ban.ban().by()));
  }

  /** Whether there was one that held. */
  boolean unban(Network network, Instant now) throws SQLException {
    boolean held = all(now).stream().anyMatch(ban -> ban.network().equals(network));
    Rows.execute(
        connection, "DELETE FROM account_address_ban WHERE network = ?", network.toString());
    return held;
  }

  /** Where a user was last. */
  Optional<Network> lastNetwork(long account) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT network FROM account_last WHERE account = ?")) {
      Rows.set(select, account);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(Network.parse(row.getString(1))) : Optional.empty();
      }
    }
  }

  /** Notes where a user is now; the caller has locked the account. */
  void lastNetwork(long account, Network network) throws SQLException {
    if (!lastNetwork(account).equals(Optional.of(network))) {
      forget(account);
      Rows.execute(
          connection,
          "INSERT INTO account_last (account, network) VALUES (?, ?)",
          account,
          network.toString());
    }
  }

  void forget(long account) throws SQLException {
    Rows.execute(connection, "DELETE FROM account_last WHERE account = ?", account);
  }

  private List<AddressBan> all(String sql, Object... values) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      Rows.set(select, values);
      try (ResultSet rows = select.executeQuery()) {
        List<AddressBan> all = new ArrayList<>();
        while (rows.next()) {
          all.add(
              new AddressBan(
                  Network.parse(rows.getString("network")),
                  new Ban(
                      Instant.ofEpochMilli(rows.getLong("ban_until")),
                      Rows.text(rows, "ban_reason"),
                      Rows.text(rows, "ban_by"))));
        }
        return all;
      }
    }
  }
}
