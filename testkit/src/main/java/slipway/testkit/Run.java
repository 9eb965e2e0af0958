package slipway.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import slipway.service.Service;

/** A connection that is on its way through the versions, up to all that is said. */
final class Run {
  private final List<Service> versions;
  private final Talk talk;
  private final Cut cut;
  private final TestHost host;
  private final TestConnection client;

  /** The client's end: what it says, and what it makes of what it receives. */
  private final EmbeddedChannel mouth = new EmbeddedChannel();

  private int said;
  private int reached;

  /** How much was done elsewhere at the cut, before the hand-off. */
  private int done;

  private Heard heard;

  /**
   * Makes a connection, and has the client say all of it.
   *
   * @param versions the first one is connected to, the others follow from the cut on
   */
  Run(List<Service> versions, Talk talk, Cut cut) {
    this.versions = versions;
    this.talk = talk;
    this.cut = cut;
    this.host = new TestHost("service", versions.getFirst());
    this.client = host.connect();
    mouth.freezeTime();
    if (talk.protocol() != null) {
      mouth.pipeline().addLast(talk.protocol().get());
    }
    goOn();
    send();
    for (byte[] message : talk.messages()) {
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
        int to = from + cut.piece(said, next.length - from);
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

  /** A piece has been sent, or the client has connected. */
  private void goOn() {
    if (said == cut.at()) {
      while (done < cut.steps() && step(done)) {
        done++;
      }
      handOver(0);
    }
    if (said != cut.at() || cut.single() == 0) {
      finishWork();
    }
    if (said > cut.at()) {
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
    if (before >= Cut.MOST_STEPS) {
      throw new AssertionError("what is done elsewhere has no end");
    }
    boolean any = talk.work().getAsBoolean();
    host.run();
    return any;
  }

  private void hear() {
    String received = client.received();
    if (received.isEmpty()) {
      return;
    }
    if (!mouth.isOpen()) {
      throw new AssertionError(words() + ": sent after the end: " + Quoted.of(received));
    }
    try {
      mouth.writeInbound(Unpooled.wrappedBuffer(received.getBytes(ISO_8859_1)));
    } catch (Exception unreadable) { // of any kind, as the channel throws it on
      throw new AssertionError(
          words() + ": the client cannot read " + Quoted.of(received), unreadable);
    }
  }

  private static String name(int version) {
    return version + 1 + ".0.0";
  }

  /** Hands over to the next version if so many have taken it up before. */
  private void handOver(int before) {
    if (client.isOpen()
        && client.version().equals(name(reached))
        && reached >= before
        && reached + 1 < versions.size()) {
      reached++;
      host.handOver(versions.get(reached));
    }
  }

  /** Fails if another version serves it, or if anything of another version is left in it. */
  void seeThatItIsServedByTheLast() {
    if (!client.isOpen()) {
      return;
    }
    if (!client.version().equals(name(versions.size() - 1))) {
      throw new AssertionError(
          words()
              + ": the connection has stayed with version "
              + client.version()
              + "; the log says why");
    }
    ClassLoader last = versions.getLast().getClass().getClassLoader();
    for (Service version : versions) {
      ClassLoader loader = version.getClass().getClassLoader();
      List<String> holders = loader == last ? List.of() : host.holdersOf(loader);
      if (!holders.isEmpty()) {
        throw new AssertionError(
            words() + ": of a version that has given it up, " + String.join(" and ", holders));
      }
    }
  }

  /** Ends it, and fails if anything is left of it. */
  void end() {
    hear();
    StringBuilder text = new StringBuilder();
    for (ByteBuf next = mouth.readInbound(); next != null; next = mouth.readInbound()) {
      text.append(next.toString(ISO_8859_1));
      next.release();
    }
    heard = new Heard(talk.ear().apply(text.toString()), client.isOpen());
    mouth.finishAndReleaseAll();
    int leases = host.end(Duration.ZERO);
    if (leases != 0) {
      throw new AssertionError(words() + ": " + leases + " leases are left open");
    }
  }

  Heard heard() {
    return heard;
  }

  /** How many bytes the client has sent. */
  int said() {
    return said;
  }

  /** How much was done elsewhere at the cut, before the hand-off. */
  int done() {
    return done;
  }

  /** Where it was cut, for a failure's message. */
  String words() {
    return talk.words(cut);
  }
}
