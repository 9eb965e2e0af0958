package slipway.admin;

/**
 * How connections ended that somebody waited for.
 *
 * @param ended how many ended by themselves
 * @param closed how many were still open when the time had run out, and were closed by the host
 */
public record Ending(int ended, int closed) {

  /** Both together. */
  public Ending and(Ending other) {
    return new Ending(ended + other.ended, closed + other.closed);
  }
}
