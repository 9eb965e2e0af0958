package slipway.server.account;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.Ban;
import slipway.account.Role;
import slipway.server.account.password.HashCost;
import slipway.server.account.password.PasswordHash;

/** The table of accounts, in the transaction that a connection is in. */
final class AccountTable {

  private static final String SELECT =
      "SELECT id, name, role, password, created, seen, ban_until, ban_reason, ban_by"
          + " FROM account_user";

  private static final String FOR_CHANGE = " FOR UPDATE";

  private final Connection connection;

  AccountTable(Connection connection) {
    this.connection = connection;
  }

  /** The tables of addresses, in the same transaction. */
  AddressBanTable addresses() {
    return new AddressBanTable(connection);
  }

  /** What the hashes cost that are there. Reads the whole table. */
  Set<HashCost> costs() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT DISTINCT LEFT(password, CHAR_LENGTH(password) - ?) FROM account_user")) {
      select.setInt(1, PasswordHash.RANDOM_LENGTH);
      try (ResultSet rows = select.executeQuery()) {
        Set<HashCost> costs = new HashSet<>();
        while (rows.next()) {
          PasswordHash.cost(rows.getString(1)).ifPresent(costs::add);
        }
        return costs;
      }
    }
  }

  Optional<StoredAccount> find(AccountName name) throws SQLException {
    return one(SELECT + " WHERE name_key = ?", Rows.bytes(name.key()));
  }

  Optional<StoredAccount> find(long id) throws SQLException {
    return one(SELECT + " WHERE id = ?", id);
  }

  /** Finds an account and locks it until the transaction ends. */
  Optional<StoredAccount> hold(AccountName name) throws SQLException {
    return one(SELECT + " WHERE name_key = ?" + FOR_CHANGE, Rows.bytes(name.key()));
  }

  /** Finds an account and locks it until the transaction ends. */
  Optional<StoredAccount> hold(long id) throws SQLException {
    return one(SELECT + " WHERE id = ?" + FOR_CHANGE, id);
  }

  /** All accounts, ordered by name. */
  List<Account> all() throws SQLException {
    return all(SELECT).stream().sorted(Comparator.comparing(Account::name)).toList();
  }

  /** What names look like. */
  LookTable looks() {
    return new LookTable(connection);
  }

  /**
   * Makes an account.
   *
   * @return empty if the name has one, or looks like one that has
   */
  Optional<Account> insert(AccountName name, PasswordHash password, Role role, Instant created)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO account_user (name_key, name, role, password, created)"
                + " VALUES (?, ?, ?, ?, ?)",
            Statement.RETURN_GENERATED_KEYS)) {
      Rows.set(
          insert,
          Rows.bytes(name.key()),
          Rows.bytes(name.toString()),
          role.name(),
          password.text(),
          created.toEpochMilli());
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        long id = keys.getLong(1);
        if (!looks().claim(id, Looks.of(name))) {
          Rows.execute(connection, "DELETE FROM account_user WHERE id = ?", id);
        }
        return find(id).map(StoredAccount::account);
      }
    } catch (SQLIntegrityConstraintViolationException nameIsTaken) {
      return Optional.empty();
    }
  }

  /** Sets when a user logged in, and the password's hash, which may be a new one. */
  Account enter(Account account, PasswordHash password, Instant seen) throws SQLException {
    return update(account.id(), "seen = ?, password = ?", Rows.millis(seen), password.text());
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
        Rows.millis(ban.until()),
        Rows.bytes(ban.reason()),
        Rows.bytes(ban.by()));
  }

  Account unban(Account account) throws SQLException {
    return update(account.id(), "ban_until = NULL, ban_reason = NULL, ban_by = NULL");
  }

  void remove(Account account) throws SQLException {
    addresses().forget(account.id());
    Rows.execute(connection, "DELETE FROM account_user WHERE id = ?", account.id());
  }

  /** Removes all accounts that there are. Their numbers are not given again. */
  List<Account> clear() throws SQLException {
    List<Account> removed = all(SELECT + FOR_CHANGE);
    long last = removed.stream().mapToLong(Account::id).max().orElse(0);
    Rows.execute(connection, "DELETE FROM account_user WHERE id <= ?", last);
    Rows.execute(connection, "DELETE FROM account_last WHERE account <= ?", last);
    return removed;
  }

  private Account update(long id, String assignments, Object... values) throws SQLException {
    Object[] all = new Object[values.length + 1];
    System.arraycopy(values, 0, all, 0, values.length);
    all[values.length] = id;
    Rows.execute(connection, "UPDATE account_user SET " + assignments + " WHERE id = ?", all);
    return find(id).orElseThrow().account();
  }

  private Optional<StoredAccount> one(String sql, Object value) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      Rows.set(select, value);
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
        AccountName.of(Rows.text(row, "name")),
        Role.valueOf(row.getString("role")),
        Instant.ofEpochMilli(row.getLong("created")),
        Rows.time(row, "seen"),
        ban(row));
  }

  private static Optional<Ban> ban(ResultSet row) throws SQLException {
    Optional<Instant> until = Rows.time(row, "ban_until");
    return until.isPresent()
        ? Optional.of(new Ban(until.get(), Rows.text(row, "ban_reason"), Rows.text(row, "ban_by")))
        : Optional.empty();
  }
}
