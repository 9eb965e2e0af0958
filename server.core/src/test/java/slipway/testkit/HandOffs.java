package slipway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import slipway.server.core.connection.KitClient;
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
 * the next bytes of it come one by one. Where there are more than two versions, the next one
 * follows a byte behind the one before; so the first version again, as the last one, is a rollback.
 */
public final class HandOffs {

  /** How many bytes behind a cut come one by one. */
  private static final int SINGLE = 32;

  /** What is done elsewhere for one piece of what is said; more is taken to have no end. */
  private static final int MOST_STEPS = 10_000;

  private static final int NEVER = -1;
  private static final int MOST_QUOTED = 200;

  private final Callable<List<Service>> versions;
  private final List<byte[]> messages = new ArrayList<>();
  private Supplier<? extends ChannelHandler> protocol;
  private BooleanSupplier work = () -> false;
  private UnaryOperator<String> ear = UnaryOperator.identity();

  /** What came of one run. */
  private record Heard(String answers, boolean open) {
    /** All of it, or the end of what others have heard as well and what follows, if it is long. */
    private String from(int same) {
      int from = answers.length() > MOST_QUOTED ? Math.max(0, same - MOST_QUOTED / 4) : 0;
      return (from > 0 ? "…" : "")
          + quoted(answers.substring(from))
          + (open ? "" : ", and was closed");
    }
  }

  /**
   * Where a run hands over.
   *
   * @param cut behind how many bytes; {@link #NEVER} if it does not
   * @param single how many bytes behind that come one by one
   * @param steps how much of what is to be done elsewhere then is done before the hand-off
   */
  private record Place(int cut, int single, int steps) {}

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
   * Leaves out of what the client hears what a hand-off adds to it, as where users are told.
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
   * @throws Exception what the versions could not be made for
   */
  public String atEveryByte() throws Exception {
    List<Service> all = versions.call();
    Run first = withoutHandOff(all.get(0));
    for (int other = 1; other < all.size(); other++) {
      Run alone = withoutHandOff(versions.call().get(other));
      if (!alone.heard.equals(first.heard)) {
        int same = sameIn(alone.heard.answers(), first.heard.answers());
        throw new AssertionError(
            "without a hand-off, version "
                + (other + 1)
                + " answers "
                + alone.heard.from(same)
                + ", but version 1 "
                + first.heard.from(same));
      }
    }
    for (int cut = 0; cut <= first.said; cut++) {
      check(cut, 0, first.heard);
      check(cut, SINGLE, first.heard);
    }
    return first.heard.answers();
  }

  private Run withoutHandOff(Service service) {
    Run run = new Run(List.of(service), new Place(NEVER, 0, MOST_STEPS));
    run.end(words(run.place));
    return run;
  }

  /**
   * With all done that is to be done elsewhere at the cut, and then with ever less of it undone.
   */
  private void check(int cut, int single, Heard expected) throws Exception {
    int steps = check(new Place(cut, single, MOST_STEPS), expected);
    for (int done = 0; done < steps; done++) {
      check(new Place(cut, single, done), expected);
    }
  }

  private int check(Place place, Heard expected) throws Exception {
    Run run = new Run(versions.call(), place);
    String words = words(place);
    run.seeThatItIsServedByTheLast(words);
    run.end(words);
    if (!run.heard.equals(expected)) {
      int same = sameIn(run.heard.answers(), expected.answers());
      throw new AssertionError(
          words
              + ": the client hears "
              + run.heard.from(same)
              + ", but without a hand-off "
              + expected.from(same));
    }
    return run.done;
  }

  /** A connection that is on its way through the versions, up to all that is said. */
  private final class Run {
    private final List<Service> versions;
    private final Place place;
    private final KitClient client;

    /** The client's end: what it says, and what it makes of what it receives. */
    private final EmbeddedChannel mouth = new EmbeddedChannel();

    private int said;
    private int reached;

    /** How much was done elsewhere at the cut, before the hand-off. */
    private int done;

    private Heard heard;

    private Run(List<Service> versions, Place place) {
      this.versions = versions;
      this.place = place;
      this.client = new KitClient(versions.get(0));
      mouth.freezeTime();
      if (protocol != null) {
        mouth.pipeline().addLast(protocol.get());
      }
      goOn();
      send();
      for (byte[] message : messages) {
        if (mouth.isOpen()) { // else its protocol has ended
          mouth.writeOutbound(Unpooled.copiedBuffer(message));
          send();
        }
      }
      finishWork();
      for (int rest = 1; rest < versions.size(); rest++) {
        handOver(rest - 1);
        finishWork();
      }
    }

    /** Sends what the client wants to send, and what follows from what it receives. */
    private void send() {
      for (byte[] next = toSend(); next.length > 0; next = toSend()) {
        int from = 0;
        while (from < next.length) {
          int to = from + pieceOf(next.length - from);
          client.send(Arrays.copyOfRange(next, from, to));
          said += to - from;
          from = to;
          goOn();
        }
      }
    }

    private byte[] toSend() {
      ByteBuf all = Unpooled.buffer();
      for (ByteBuf next = mouth.readOutbound(); next != null; next = mouth.readOutbound()) {
        all.writeBytes(next);
        next.release();
      }
      return ByteBufUtil.getBytes(all); // on the heap, and not pooled
    }

    /** How much of what is to be sent is sent in one piece. */
    private int pieceOf(int length) {
      if (said < place.cut()) {
        return Math.min(length, place.cut() - said);
      }
      return place.cut() != NEVER && said < place.cut() + place.single() ? 1 : length;
    }

    /** A piece has been sent, or the client has connected. */
    private void goOn() {
      if (said == place.cut()) {
        while (done < place.steps() && step(done)) {
          done++;
        }
        handOver(0);
      }
      if (said != place.cut() || place.single() == 0) {
        finishWork();
      }
      if (said > place.cut()) {
        handOver(1);
        finishWork();
      }
      hear();
    }

    private void finishWork() {
      int steps = 0;
      while (step(steps)) {
        steps++;
      }
    }

    private boolean step(int before) {
      if (before >= MOST_STEPS) {
        throw new AssertionError("what is done elsewhere has no end");
      }
      boolean any = work.getAsBoolean();
      client.run();
      return any;
    }

    private void hear() {
      String received = client.received();
      if (received.isEmpty()) {
        return;
      }
      if (!mouth.isOpen()) {
        throw new AssertionError(words(place) + ": sent behind the end: " + quoted(received));
      }
      try {
        mouth.writeInbound(Unpooled.wrappedBuffer(received.getBytes(ISO_8859_1)));
      } catch (Exception unreadable) { // of any kind, as the channel throws it on
        throw new AssertionError(
            words(place) + ": the client cannot read " + quoted(received), unreadable);
      }
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

    private void seeThatItIsServedByTheLast(String words) {
      if (!client.isOpen()) {
        return;
      }
      if (!client.version().equals(name(versions.size() - 1))) {
        throw new AssertionError(
            words
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
              words + ": of a version that has given it up, " + String.join(" and ", holders));
        }
      }
    }

    private void end(String words) {
      hear();
      StringBuilder text = new StringBuilder();
      for (ByteBuf next = mouth.readInbound(); next != null; next = mouth.readInbound()) {
        text.append(next.toString(ISO_8859_1));
        next.release();
      }
      heard = new Heard(ear.apply(text.toString()), client.isOpen());
      mouth.finishAndReleaseAll();
      int leases = client.close();
      if (leases != 0) {
        throw new AssertionError(words + ": " + leases + " leases are left open");
      }
    }
  }

  // ---- words -----------------------------------------------------------------------------------

  private String words(Place place) {
    return where(place.cut())
        + (place.single() > 0 ? ", and what follows byte by byte" : "")
        + (place.steps() < MOST_STEPS
            ? ", before the rest of what is done elsewhere, of which so much is done: "
                + place.steps()
            : "");
  }

  private String where(int cut) {
    if (cut == NEVER) {
      return "without a hand-off";
    }
    if (protocol != null) {
      return "cut behind so many bytes of what is sent: " + cut;
    }
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

  /** How many characters two texts begin with alike. */
  private static int sameIn(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }

  /** As a reader can tell what is in it, and not longer than a line or two. */
  private static String quoted(String bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (int index = 0; index < Math.min(bytes.length(), MOST_QUOTED); index++) {
      char one = bytes.charAt(index);
      switch (one) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '"', '\\' -> text.append('\\').append(one);
        default -> text.append(one < ' ' || one > '~' ? "\\x%02x".formatted((int) one) : one);
      }
    }
    return text.append(bytes.length() > MOST_QUOTED ? "…\"" : "\"").toString();
  }
}
