package slipway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import slipway.server.core.connection.KitClient;
import slipway.service.Service;

/**
 * Cuts what a client says at every byte, hands the connection over there, and compares what the
 * client hears with what it hears without a hand-off. It does so with the host's own code, and
 * without a network: services have to answer in the connection's event loop.
 *
 * <pre>
 *  new HandOffs(() -&gt; List.of(OwnClasses.make(Greet.class), OwnClasses.make(Greet.class)))
 *      .saying("Ada\n")
 *      .saying("Bob\n")
 *      .atEveryByte();
 * </pre>
 *
 * <p>The rest of what is said comes in the same pieces as without a hand-off, and in another run
 * the next bytes of it come one by one. Where there are more than two versions, the next one
 * follows a byte behind the one before; so the first version again, as the last one, is a rollback.
 */
public final class HandOffs {

  /** How many bytes behind a cut come one by one. */
  private static final int SINGLE = 32;

  private final Callable<List<Service>> versions;
  private final List<byte[]> messages = new ArrayList<>();

  /** What came of one run. */
  private record Heard(String answers, boolean open) {
    @Override
    public String toString() {
      return quoted(answers) + (open ? "" : ", and was closed");
    }
  }

  /**
   * Makes a check.
   *
   * @param versions makes the versions for each run, of which the first one is connected to, and
   *     the others follow; two at least. They answer alike, and share what they share in the host.
   */
  public HandOffs(Callable<List<Service>> versions) {
    this.versions = versions;
  }

  /** A message more of the client's, which is sent in one piece unless it is cut. */
  public HandOffs saying(byte[] message) {
    messages.add(message.clone());
    return this;
  }

  /** A message more of the client's, a byte for each character. */
  public HandOffs saying(String message) {
    return saying(message.getBytes(ISO_8859_1));
  }

  /**
   * Hands over at each byte, in a connection of its own for each.
   *
   * @return what the client hears, a character for each byte, for a test to look at
   * @throws AssertionError if that is not the same in all runs, if the connection does not end with
   *     the last version, or if anything of another version is left in it; says where it was cut
   * @throws Exception what the versions could not be made for
   */
  public String atEveryByte() throws Exception {
    List<Service> all = versions.call();
    Heard expected = withoutHandOff(all.get(0));
    for (int other = 1; other < all.size(); other++) {
      Heard alone = withoutHandOff(versions.call().get(other));
      if (!alone.equals(expected)) {
        throw new AssertionError(
            "without a hand-off, version "
                + (other + 1)
                + " answers "
                + alone
                + ", but version 1 "
                + expected);
      }
    }
    int length = messages.stream().mapToInt(message -> message.length).sum();
    for (int cut = 0; cut <= length; cut++) {
      check(cut, 0, expected);
      check(cut, SINGLE, expected);
    }
    return expected.answers();
  }

  private Heard withoutHandOff(Service service) {
    KitClient client = new KitClient(service);
    messages.forEach(client::send);
    return end(client, "without a hand-off");
  }

  private void check(int cut, int single, Heard expected) throws Exception {
    String place = place(cut) + (single > 0 ? ", and what follows byte by byte" : "");
    List<Service> all = versions.call();
    Run run = new Run(all);
    for (byte[] piece : pieces(cut, single)) {
      if (run.said == cut) {
        run.handOver(0);
      } else if (run.said > cut) {
        run.handOver(1);
      }
      run.say(piece);
    }
    for (int rest = 1; rest < all.size(); rest++) {
      run.handOver(rest - 1);
    }
    run.seeThatItIsServedByTheLast(place);
    Heard heard = end(run.client, place);
    if (!heard.equals(expected)) {
      throw new AssertionError(
          place + ": the client hears " + heard + ", but without a hand-off " + expected);
    }
  }

  private static Heard end(KitClient client, String place) {
    Heard heard = new Heard(client.received(), client.isOpen());
    int leases = client.close();
    if (leases != 0) {
      throw new AssertionError(place + ": " + leases + " leases are left open");
    }
    return heard;
  }

  /** A connection that is on its way through the versions. */
  private static final class Run {
    private final List<Service> versions;
    private final KitClient client;
    private int said;
    private int reached;

    private Run(List<Service> versions) {
      this.versions = versions;
      this.client = new KitClient(versions.get(0));
    }

    private void say(byte[] piece) {
      client.send(piece);
      said += piece.length;
    }

    private static String name(int version) {
      return version == 0 ? "1.0.0" : version + 1 + ".0.0";
    }

    /** Hands over to the next version if so many have taken it up before. */
    private void handOver(int before) {
      boolean there = client.version().equals(name(reached));
      if (there && client.isOpen() && reached >= before && reached + 1 < versions.size()) {
        reached++;
        client.handOver(name(reached), versions.get(reached));
      }
    }

    private void seeThatItIsServedByTheLast(String place) {
      if (!client.isOpen()) {
        return;
      }
      if (!client.version().equals(name(versions.size() - 1))) {
        throw new AssertionError(
            place
                + ": the connection has stayed with version "
                + client.version()
                + "; the log says why");
      }
      ClassLoader last = versions.getLast().getClass().getClassLoader();
      for (Service version : versions) {
        ClassLoader loader = version.getClass().getClassLoader();
        List<String> holders = loader == last ? List.of() : client.holdersOf(loader);
        if (!holders.isEmpty()) {
          throw new AssertionError(
              place + ": of a version that has given it up, " + String.join(" and ", holders));
        }
      }
    }
  }

  // ---- pieces ----------------------------------------------------------------------------------

  /** What is sent: the messages, one of which is cut, and some bytes alone that are behind it. */
  private List<byte[]> pieces(int cut, int single) {
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    for (byte[] message : messages) {
      int at = Math.clamp(cut - from, 0, message.length);
      add(pieces, message, 0, at);
      for (; at < message.length && from + at < cut + single; at++) {
        add(pieces, message, at, at + 1);
      }
      add(pieces, message, at, message.length);
      from += message.length;
    }
    return pieces;
  }

  private static void add(List<byte[]> pieces, byte[] message, int from, int to) {
    if (from < to) {
      pieces.add(Arrays.copyOfRange(message, from, to));
    }
  }

  // ---- words -----------------------------------------------------------------------------------

  private String place(int cut) {
    int from = 0;
    for (int number = 0; number < messages.size(); number++) {
      byte[] message = messages.get(number);
      if (cut < from + message.length) {
        return "cut in message "
            + (number + 1)
            + " behind "
            + quoted(new String(message, 0, cut - from, ISO_8859_1));
      }
      from += message.length;
    }
    return "cut behind the last message";
  }

  /** As a reader can tell what is in it, and not longer than a line or two. */
  private static String quoted(String bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (int index = 0; index < Math.min(bytes.length(), 200); index++) {
      char one = bytes.charAt(index);
      switch (one) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '"', '\\' -> text.append('\\').append(one);
        default -> text.append(one < ' ' || one > '~' ? "\\x%02x".formatted((int) one) : one);
      }
    }
    return text.append(bytes.length() > 200 ? "…\"" : "\"").toString();
  }
}
