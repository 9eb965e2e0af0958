package slipway.server.account;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import slipway.account.AccountException;
import slipway.account.AccountName;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.Network;

/**
 * The bans of networks, each told to the listeners once it is committed. Used in the accounts' own
 * thread.
 */
final class AddressBans {

  private final Store store;
  private final Listeners listeners;
  private final Clock clock;

  AddressBans(Store store, Listeners listeners, Clock clock) {
    this.store = store;
    this.listeners = listeners;
    this.clock = clock;
  }

  /**
   * Keeps a network out.
   *
   * @throws AccountException if the ban's text is refused
   */
  CompletableFuture<AddressBan> ban(Network network, Ban ban) throws AccountException {
    AddressBan address = new AddressBan(network, BanText.checked(ban));
    return store
        .change(
            table -> {
              table.addresses().ban(address, clock.instant());
              return address;
            })
        .thenApply(
            banned -> {
              listeners.addressBanned(banned);
              return banned;
            });
  }

  /** Lets a network in; false if it was not kept out. */
  CompletableFuture<Boolean> unban(Network network) {
    return store.change(table -> table.addresses().unban(network, clock.instant()));
  }

  /** The bans that hold now, ordered by network. */
  CompletableFuture<List<AddressBan>> all() {
    return store
        .read(table -> table.addresses().all(clock.instant()))
        .thenApply(all -> all.stream().sorted(Comparator.comparing(AddressBan::network)).toList());
  }

  /** Where a user last came from; the stage fails if there is no such user. */
  CompletableFuture<Optional<Network>> lastNetwork(AccountName name) {
    return store
        .read(
            table -> {
              Optional<StoredAccount> found = table.find(name);
              return found.isPresent()
                  ? Optional.of(table.addresses().lastNetwork(found.get().account().id()))
                  : Optional.<Optional<Network>>empty();
            })
        .thenApply(last -> Edits.orRefuse(last, "there is no user " + name));
  }
}
