package slipway.server.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import slipway.account.AccountName;

/**
 * The table of what accounts' names look like, in the transaction that a connection is in. A form
 * is one account's; the rows of an account go with it.
 */
final class LookTable {

  private final Connection connection;

  /**
   * Accounts that got their forms.
   *
   * @param last the greatest number among them; 0 if there were none left
   * @param alike those that look like an older one, each as {@code NAME like NAME}
   */
  record Portion(long last, List<String> alike) {}

  LookTable(Connection connection) {
    this.connection = connection;
  }

  /** An account of another name that has one of these forms. */
  Optional<AccountName> other(AccountName name, Set<String> looks, long except)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT u.name FROM account_look l JOIN account_user u ON u.id = l.account"
                + " WHERE l.look = ? AND l.account <> ? AND u.name_key <> ?")) {
      for (String look : looks) {
        select.setBytes(1, look.getBytes(UTF_8));
        select.setLong(2, except);
        select.setBytes(3, name.key().getBytes(UTF_8));
        try (ResultSet row = select.executeQuery()) {
          if (row.next()) {
            return Optional.of(name(row.getBytes(1)));
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Gives an account all of its forms, or none.
   *
   * @return false if another account has one of them
   */
  boolean claim(long account, Set<String> looks) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO account_look (look, account, made_by) VALUES (?, ?, ?)")) {
      for (String look : looks) {
        insert.setBytes(1, look.getBytes(UTF_8));
        insert.setLong(2, account);
        insert.setString(3, Looks.TABLES);
        insert.executeUpdate();
      }
      return true;
    } catch (SQLIntegrityConstraintViolationException taken) {
      execute("DELETE FROM account_look WHERE account = ?", account);
      return false;
    }
  }

  /**
   * Gives forms to accounts that have none, the oldest first.
   *
   * @param after number of the last account that was looked at; 0 at the beginning
   * @param most how many at most
   */
  Portion fill(long after, int most) throws SQLException {
    if (after == 0) {
      execute("DELETE FROM account_look WHERE made_by <> ?", Looks.TABLES);
    }
    long last = 0;
    List<String> alike = new ArrayList<>();
    for (Map.Entry<Long, AccountName> account : without(after, most).entrySet()) {
      last = account.getKey();
      Set<String> looks = Looks.of(account.getValue());
      Optional<AccountName> other = other(account.getValue(), looks, last);
      if (other.isPresent()) {
        alike.add(account.getValue() + " like " + other.get());
      } else {
        claim(last, looks);
      }
    }
    return new Portion(last, alike);
  }

  private Map<Long, AccountName> without(long after, int most) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, name FROM account_user u WHERE id > ? AND NOT EXISTS"
                + " (SELECT 1 FROM account_look l WHERE l.account = u.id) ORDER BY id LIMIT ?")) {
      select.setLong(1, after);
      select.setInt(2, most);
      try (ResultSet rows = select.executeQuery()) {
        Map<Long, AccountName> accounts = new LinkedHashMap<>();
        while (rows.next()) {
          accounts.put(rows.getLong(1), name(rows.getBytes(2)));
        }
        return accounts;
      }
    }
  }

  private static AccountName name(byte[] text) {
    return AccountName.of(new String(text, UTF_8));
  }

  private void execute(String sql, Object value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, value);
      statement.executeUpdate();
    }
  }
}
