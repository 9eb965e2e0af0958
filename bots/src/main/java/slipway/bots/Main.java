package slipway.bots;

/** What {@code bin/slipway bots} calls. */
public final class Main {

  private Main() {}

  /**
   * Does what the arguments say, and exits.
   *
   * @param args a verb, its options, and the server
   */
  public static void main(String[] args) {
    System.exit(new Bots(System.out, System.err).run(args));
  }
}
