package slipway.server.account.password;

/**
 * What one Argon2 hash costs, in the words of RFC 9106.
 *
 * @param memory KiB of memory, {@code m}
 * @param iterations passes over the memory, {@code t}
 * @param lanes degree of parallelism, {@code p}
 */
public record HashCost(int memory, int iterations, int lanes) {

  /** KiB above which a cost is refused: more would be an error and not a choice. */
  static final int MOST_MEMORY = 1024 * 1024;

  public HashCost {
    if (lanes < 1
        || lanes > 255
        || memory < 8 * lanes
        || memory > MOST_MEMORY
        || iterations < 1
        || iterations > 1000) {
      throw new IllegalArgumentException(
          "m=" + memory + ",t=" + iterations + ",p=" + lanes + " is no cost of a hash");
    }
  }
}
