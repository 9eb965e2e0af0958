package slipway.services.chat.hall;

import java.time.InstantSource;
import slipway.account.Account;
import slipway.account.AccountListener;
import slipway.account.AddressBan;
import slipway.account.Origin;
import slipway.services.chat.text.Goodbye;
import slipway.services.chat.user.Users;

/** What happens to the connected users of this version when accounts change. */
public final class AccountChanges implements AccountListener {

  private final Users users;
  private final InstantSource clock;

  /** Makes it. */
  public AccountChanges(Users users, InstantSource clock) {
    this.users = users;
    this.clock = clock;
  }

  @Override
  public void removed(Account account) {
    users.end(account.id(), Goodbye.REMOVED);
  }

  @Override
  public void passwordChanged(Account account, Origin by) {
    users.passwordChanged(account.id(), by::isConnection);
  }

  @Override
  public void addressBanned(AddressBan ban) {
    users.end(ban.network(), Goodbye.banned(ban));
  }

  @Override
  public void changed(Account account) {
    users.changed(account);
    account.banAt(clock.instant()).ifPresent(ban -> users.end(account.id(), Goodbye.banned(ban)));
  }
}
