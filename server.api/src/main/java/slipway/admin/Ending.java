package slipway.admin;

/**
 * How connections ended that a command waited for.
 *
 * @param ended how many ended by themselves
 * @param closed how many were still open at the timeout, and were closed by the host
 */
public record Ending(int ended, int closed) {

  /** Both together. */
  public Ending and(Ending other) {
    return new Ending(ended + other.ended, closed + other.closed);
  }
}
