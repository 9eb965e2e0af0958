package slipway.server.account;

import java.time.Duration;
import java.util.Map;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.server.account.password.HashCost;
import slipway.server.account.password.PasswordRules;

/**
 * What is configured for accounts.
 *
 * @param shortest the fewest characters of a new password
 * @param cost what a new hash costs
 * @param threads how many hashes are made at once
 * @param queue how many calls with a password may wait for a thread
 * @param addressQueue how many of one address may wait or be under way
 * @param registrations how many names an address may register in a while
 * @param window the while
 */
record AccountSettings(
    int shortest,
    HashCost cost,
    int threads,
    int queue,
    int addressQueue,
    int registrations,
    Duration window) {

  private static final int KIB = 1024;
  private static final long MIB = 1024L * KIB;

  static AccountSettings of(Settings settings, Machine machine) throws InvalidConfiguration {
    int memory = settings.integer("hash.memory", 1, 1024);
    int threads = settings.integer("hash.threads", 1, machine.processors());
    long half = machine.heap() / MIB / 2;
    if ((long) memory * threads > half) {
      throw settings.refused(
          "hash.memory",
          "at most " + half / threads + " with hash.threads = " + threads + ", half of the heap");
    }
    return new AccountSettings(
        settings.integer("password.min", 1, PasswordRules.LONGEST),
        new HashCost(memory * KIB, settings.integer("hash.iterations", 1, 100), 1),
        threads,
        settings.integer("hash.queue", 1, 100_000),
        settings.integer("address.queue", 1, 100_000),
        settings.integer("address.registrations", 1, 1_000_000),
        settings.duration("registrations.window", Duration.ofSeconds(1), Duration.ofDays(365)));
  }

  /** What holds if nothing is configured, on a machine of one processor. */
  static AccountSettings defaults() {
    try {
      return of(Settings.of(AccountConfig.class, Map.of()), new Machine(1, Long.MAX_VALUE));
    } catch (InvalidConfiguration impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** How many calls with a password may be under way. */
  int limit() {
    return threads + queue;
  }
}
