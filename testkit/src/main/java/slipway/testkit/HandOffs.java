package slipway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.ChannelHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import slipway.service.Service;

/**
 * Cuts what a client says at every byte, hands the connection over there, and compares what the
 * client hears with what it hears without a hand-off. It does so with the host's own code, without
 * a network, and in the calling thread: what services do elsewhere than in the connection's event
 * loop has to be done by the test; see {@link #elsewhere}.
 *
 * <pre>
 *  new HandOffs(() -&gt; List.of(OwnClasses.make(Greet.class), OwnClasses.make(Greet.class)))
 *      .saying("Ada\n")
 *      .saying("Bob\n")
 *      .atEveryByte();
 * </pre>
 *
 * <p>The rest of what is said comes in the same pieces as without a hand-off, and in another run
 * the next bytes of it come one by one. If there are more than two versions, each takes over one
 * byte after the one before; so the first version again, as the last one, is a rollback.
 */
public final class HandOffs {

  /** How many bytes after a cut come one by one. */
  private static final int SINGLE = 32;

  private final Callable<List<Service>> versions;
  private final List<byte[]> messages = new ArrayList<>();
  private Supplier<? extends ChannelHandler> protocol;
  private BooleanSupplier work = () -> false;
  private UnaryOperator<String> ear = UnaryOperator.identity();

  /**
   * Makes a check.
   *
   * @param versions makes the versions for each run, of which the first one is connected to, and
   *     the others follow; two at least. They answer alike, and share what they share in the host.
   */
  public HandOffs(Callable<List<Service>> versions) {
    this.versions = versions;
  }

  /** One more message of the client's, which is sent in one piece unless it is cut. */
  public HandOffs saying(byte[] message) {
    messages.add(message.clone());
    return this;
  }

  /** One more message of the client's, a byte for each character. */
  public HandOffs saying(String message) {
    return saying(message.getBytes(ISO_8859_1));
  }

  /**
   * Has the client speak a protocol beneath its messages, such as TLS. What is cut then is what
   * that sends, a handshake as well, and what is compared is what it makes of what it receives.
   *
   * @param handler makes the client's handler for each run: of bytes on either side of it
   * @return this
   */
  public HandOffs over(Supplier<? extends ChannelHandler> handler) {
    protocol = handler;
    return this;
  }

  /**
   * Says what services do elsewhere than in the connection's event loop, as in a database. It is
   * done when nothing is left to do in the event loop: until nothing is left before the client says
   * more, and at a cut as little of it as there can be as well. So a hand-off comes at each step of
   * such work, too, and the next byte before the rest of it.
   *
   * @param step does the next thing in the calling thread, for the versions that were made last;
   *     false if there is nothing to do
   * @return this
   */
  public HandOffs elsewhere(BooleanSupplier step) {
    work = step;
    return this;
  }

  /**
   * Leaves out of what the client hears what a hand-off adds to it, for example a line that tells
   * users of it.
   *
   * @param leavesOut takes all that the client has heard, a character for each byte, and returns
   *     what it would hear without a hand-off
   * @return this
   */
  public HandOffs hearing(UnaryOperator<String> leavesOut) {
    ear = leavesOut;
    return this;
  }

  /**
   * Hands over at each byte, in a connection of its own for each.
   *
   * @return what the client hears, a character for each byte, for a test to look at
   * @throws AssertionError if that is not the same in all runs, if the connection does not end with
   *     the last version, or if anything of another version is left in it; says where it was cut
   * @throws Exception if the versions could not be made
   */
  public String atEveryByte() throws Exception {
    Talk talk = new Talk(List.copyOf(messages), protocol, work, ear);
    List<Service> all = versions.call();
    Run first = withoutHandOff(all.getFirst(), talk);
    for (int other = 1; other < all.size(); other++) {
      Heard alone = withoutHandOff(versions.call().get(other), talk).heard();
      if (!alone.equals(first.heard())) {
        throw new AssertionError(
            "without a hand-off, version "
                + (other + 1)
                + " answers "
                + alone.unlike(first.heard(), ", but version 1 "));
      }
    }
    for (int at = 0; at <= first.said(); at++) {
      check(at, 0, talk, first.heard());
      check(at, SINGLE, talk, first.heard());
    }
    return first.heard().answers();
  }

  private static Run withoutHandOff(Service service, Talk talk) {
    Run run = new Run(List.of(service), talk, Cut.NONE);
    run.end();
    return run;
  }

  /**
   * With all done that is to be done elsewhere at the cut, and then with ever less of it undone.
   */
  private void check(int at, int single, Talk talk, Heard expected) throws Exception {
    int steps = check(new Cut(at, single, Cut.MOST_STEPS), talk, expected);
    for (int done = 0; done < steps; done++) {
      check(new Cut(at, single, done), talk, expected);
    }
  }

  private int check(Cut cut, Talk talk, Heard expected) throws Exception {
    Run run = new Run(versions.call(), talk, cut);
    run.seeThatItIsServedByTheLast();
    run.end();
    if (!run.heard().equals(expected)) {
      throw new AssertionError(
          run.words()
              + ": the client hears "
              + run.heard().unlike(expected, ", but without a hand-off "));
    }
    return run.done();
  }
}
