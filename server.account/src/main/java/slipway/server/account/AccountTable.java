package slipway.server.account;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.account.Role;

/** The table of accounts, in the transaction that a connection is in. */
final class AccountTable {

  /** The latest time that is kept; a ban that ends later ends then. The first is the epoch. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final String SELECT =
      "SELECT id, name, role, password, created, seen, ban_until, ban_reason, ban_by"
          + " FROM account_user";

  private static final String FOR_CHANGE = " FOR UPDATE";

  private final Connection connection;

  AccountTable(Connection connection) {
    this.connection = connection;
  }

  Optional<StoredAccount> find(AccountName name) throws SQLException {
    return one(SELECT + " WHERE name_key = ?", bytes(name.key()));
  }

  Optional<StoredAccount> find(long id) throws SQLException {
    return one(SELECT + " WHERE id = ?", id);
  }

  /** Finds an account that nobody else changes until the transaction ends. */
  Optional<StoredAccount> hold(AccountName name) throws SQLException {
    return one(SELECT + " WHERE name_key = ?" + FOR_CHANGE, bytes(name.key()));
  }

  /** Finds an account that nobody else changes until the transaction ends. */
  Optional<StoredAccount> hold(long id) throws SQLException {
    return one(SELECT + " WHERE id = ?" + FOR_CHANGE, id);
  }

  /** All accounts, in no order. */
  List<Account> all() throws SQLException {
    return all(SELECT);
  }

  /**
   * Makes an account.
   *
   * @return empty if the name has one
   */
  Optional<Account> insert(AccountName name, PasswordHash password, Role role, Instant created)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO account_user (name_key, name, role, password, created)"
                + " VALUES (?, ?, ?, ?, ?)",
            Statement.RETURN_GENERATED_KEYS)) {
      set(
          insert,
          bytes(name.key()),
          bytes(name.toString()),
          role.name(),
          password.text(),
          created.toEpochMilli());
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return find(keys.getLong(1)).map(StoredAccount::account);
      }
    } catch (SQLIntegrityConstraintViolationException nameIsTaken) {
      return Optional.empty();
    }
  }

  /** Sets when a user logged in, and the password's hash, which may be a new one. */
  Account enter(Account account, PasswordHash password, Instant seen) throws SQLException {
    return update(account.id(), "seen = ?, password = ?", millis(seen), password.text());
  }

  Account setPassword(Account account, PasswordHash password) throws SQLException {
    return update(account.id(), "password = ?", password.text());
  }

  Account setRole(Account account, Role role) throws SQLException {
    return update(account.id(), "role = ?", role.name());
  }

  Account ban(Account account, Ban ban) throws SQLException {
    return update(
        account.id(),
        "ban_until = ?, ban_reason = ?, ban_by = ?",
        millis(ban.until()),
        bytes(ban.reason()),
        bytes(ban.by()));
  }

  Account unban(Account account) throws SQLException {
    return update(account.id(), "ban_until = NULL, ban_reason = NULL, ban_by = NULL");
  }

  void remove(Account account) throws SQLException {
    execute("DELETE FROM account_user WHERE id = ?", account.id());
  }

  /** Removes all accounts that there are. Their numbers are not given again. */
  List<Account> clear() throws SQLException {
    List<Account> removed = all(SELECT + FOR_CHANGE);
    long last = removed.stream().mapToLong(Account::id).max().orElse(0);
    execute("DELETE FROM account_user WHERE id <= ?", last);
    return removed;
  }

  private Account update(long id, String assignments, Object... values) throws SQLException {
    Object[] all = new Object[values.length + 1];
    System.arraycopy(values, 0, all, 0, values.length);
    all[values.length] = id;
    execute("UPDATE account_user SET " + assignments + " WHERE id = ?", all);
    return find(id).orElseThrow().account();
  }

  private void execute(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      set(statement, values);
      statement.executeUpdate();
    }
  }

  private Optional<StoredAccount> one(String sql, Object value) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      set(select, value);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new StoredAccount(account(row), row.getString("password")))
            : Optional.empty();
      }
    }
  }

  private List<Account> all(String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<Account> all = new ArrayList<>();
      while (rows.next()) {
        all.add(account(rows));
      }
      return all;
    }
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getLong("id"),
        AccountName.of(text(row, "name")),
        Role.valueOf(row.getString("role")),
        Instant.ofEpochMilli(row.getLong("created")),
        time(row, "seen"),
        ban(row));
  }

  private static Optional<Ban> ban(ResultSet row) throws SQLException {
    Optional<Instant> until = time(row, "ban_until");
    return until.isPresent()
        ? Optional.of(new Ban(until.get(), text(row, "ban_reason"), text(row, "ban_by")))
        : Optional.empty();
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static long millis(Instant time) {
    Instant kept = time.isAfter(LATEST) ? LATEST : time;
    return (kept.isBefore(Instant.EPOCH) ? Instant.EPOCH : kept).toEpochMilli();
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return new String(row.getBytes(column), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else if (values[i] instanceof Long number) {
        statement.setLong(i + 1, number);
      } else {
        statement.setString(i + 1, (String) values[i]);
      }
    }
  }
}
