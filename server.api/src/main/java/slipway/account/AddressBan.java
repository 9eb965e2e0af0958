package slipway.account;

import java.util.Objects;

/**
 * A network is kept out: none of its clients logs in or registers.
 *
 * @param network who is kept out
 * @param ban until when, why and by whom
 */
public record AddressBan(Network network, Ban ban) {

  /** Checks that nothing is null. */
  public AddressBan {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(ban, "ban");
  }
}
