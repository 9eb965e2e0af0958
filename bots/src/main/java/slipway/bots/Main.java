package slipway.bots;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What {@code bin/slipway bots} calls. */
public final class Main {

  /** Held here, as a logger that nobody holds forgets its level. */
  private static final Logger NETTY = Logger.getLogger("io.netty");

  private Main() {}

  /**
   * Does what the arguments say, and exits.
   *
   * @param args a verb, its options, and the server
   */
  public static void main(String[] args) {
    NETTY.setLevel(Level.SEVERE); // standard error has what the bots say
    System.exit(new Bots(System.out, System.err).run(args));
  }
}
