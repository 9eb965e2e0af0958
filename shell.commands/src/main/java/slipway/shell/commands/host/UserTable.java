package slipway.shell.commands.host;

import java.time.Instant;
import java.util.function.Function;
import slipway.account.Account;
import slipway.account.Ban;
import slipway.command.Column;
import slipway.command.Table;

/** Users, as lists show them. */
final class UserTable {

  private UserTable() {}

  /**
   * The users.
   *
   * @param now a ban that ends before this is not shown
   */
  static Table<Account> at(Instant now) {
    return Table.of(
        new Column<>("Name", "name", Account::name),
        new Column<>("ID", "id", Account::id),
        new Column<>("Role", "role", Account::role),
        new Column<>("Since", "since", Account::created),
        new Column<>("Last seen", "seen", user -> user.seen().orElse(null)),
        new Column<>("Banned until", "bannedUntil", user -> ban(user, now, Ban::until)),
        new Column<>("By", "bannedBy", user -> ban(user, now, Ban::by)),
        new Column<>("Reason", "reason", user -> ban(user, now, Ban::reason)));
  }

  private static <T> T ban(Account user, Instant now, Function<Ban, T> part) {
    return user.banAt(now).map(part).orElse(null);
  }
}
