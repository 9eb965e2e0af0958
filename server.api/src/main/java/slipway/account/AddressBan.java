package slipway.account;

import java.util.Objects;

/**
 * A network is banned: none of its clients logs in or registers.
 *
 * @param network the network that is banned
 * @param ban until when, why and by whom
 */
public record AddressBan(Network network, Ban ban) {

  /** Checks that nothing is null. */
  public AddressBan {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(ban, "ban");
  }
}
