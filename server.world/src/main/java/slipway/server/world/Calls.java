package slipway.server.world;

import java.util.function.LongSupplier;
import slipway.packet.Packet;
import slipway.packet.PacketEnd;
import slipway.packet.PacketException;
import slipway.packet.PacketReader;
import slipway.server.world.record.Deeds;
import slipway.world.Frame;
import slipway.world.Leaving;

/**
 * Calls the version that runs a world. Whatever it throws when it is called for one session ends
 * that session, and no other. Confined to the world's loop.
 */
final class Calls {

  private final Failures failures;
  private Tenure tenure;

  /** Notes what the version is told; null if nothing is to be noted. */
  private Recorder recorder;

  Calls(Failures failures) {
    this.failures = failures;
  }

  /** The version that is called from now on. */
  void call(Tenure version) {
    tenure = version;
    over("another version has taken the world over");
  }

  // ---- recordings ------------------------------------------------------------------------------

  /** Has each frame noted from the next one on. */
  void record(Recorder.Listener listener) {
    recorder = recorder == null ? new Recorder() : recorder;
    recorder.add(listener);
  }

  /** What is noted ends here, unless another version is to be noted as well. */
  void over(String why) {
    if (recorder != null) {
      recorder.over(why);
      forget();
    }
  }

  /**
   * All of a frame has been told.
   *
   * @param begun when it was begun
   * @param failure why the world has failed with it; empty if it has not
   */
  void frameDone(LongSupplier nanos, long begun, String failure) {
    if (recorder != null) {
      recorder.frame(nanos.getAsLong() - begun, failure);
      forget();
    }
  }

  private void forget() {
    if (!recorder.hasListeners()) {
      recorder = null;
    }
  }

  /** The world sends a packet to a session. */
  void sent(HostSession session, Deeds.Kind kind, Packet packet, long key) {
    if (recorder != null) {
      recorder.sent(session, kind, packet, key);
    }
  }

  /** The world does something else. */
  void did(long session, Deeds.Kind kind, String what, byte... bytes) {
    if (recorder != null) {
      recorder.did(session, kind, what, bytes);
    }
  }

  /** What the world is answered; passed through. */
  boolean answered(boolean yes) {
    if (recorder != null) {
      recorder.answered(yes);
    }
    return yes;
  }

  /** A token that the world is given, or null; passed through. */
  byte[] token(byte... token) {
    if (recorder != null) {
      recorder.gave(token == null ? Deeds.NOTHING : token.clone());
    }
    return token;
  }

  /** A position that the world is given; passed through. */
  long position(long position) {
    if (recorder != null) {
      recorder.gave(Deeds.bytes(position));
    }
    return position;
  }

  // ---- for the world ---------------------------------------------------------------------------

  /** Another world has told something, or work has ended; whatever it throws is the world's. */
  void tell(Mail mail) throws Exception {
    if (recorder != null) {
      recorder.told(mail);
    }
    switch (mail) {
      case Mail.Message(String from, byte[] message) ->
          tenure.world().message(from, PacketReader.of(message));
      case Mail.Answer(String tag, byte[] answer) ->
          tenure.world().answer(tag, PacketReader.of(answer));
      case Mail.NoAnswer(String tag, String reason) -> tenure.world().noAnswer(tag, reason);
      case Mail.Arrival arrival -> throw new IllegalArgumentException(arrival.toString());
      case Mail.Released released -> throw new IllegalArgumentException(released.toString());
    }
  }

  /** One step; whatever it throws is the world's. */
  void update(Frame frame) throws Exception {
    if (recorder != null) {
      recorder.stepped(frame);
    }
    tenure.world().update(frame);
  }

  // ---- for a session ---------------------------------------------------------------------------

  /** A session comes; returns whether it has joined, and has it closed if it has not. */
  boolean join(HostSession session, byte[] ticket) {
    if (recorder != null) {
      recorder.joined(session, session.mode(), ticket);
    }
    try {
      if (tenure.world().join(session, PacketReader.of(ticket))) {
        return true;
      }
      session.close(PacketEnd.REFUSED);
    } catch (Throwable failed) {
      failed(session, failed);
    }
    return false;
  }

  void packet(HostSession session, PacketReader packet) {
    if (recorder != null) {
      recorder.said(session, packet);
    }
    try {
      tenure.world().packet(session, packet);
    } catch (Throwable failed) {
      failed(session, failed);
    }
  }

  void timeout(HostSession session) {
    if (recorder != null) {
      recorder.silent(session);
    }
    try {
      tenure.world().timeout(session);
    } catch (Throwable failed) {
      failed(session, failed);
    }
  }

  void lost(HostSession session) {
    if (recorder != null) {
      recorder.lost(session);
    }
    try {
      tenure.world().lost(session);
    } catch (Throwable failed) {
      failed(session, failed);
    }
  }

  void resumed(HostSession session) {
    if (recorder != null) {
      recorder.resumed(session);
    }
    try {
      tenure.world().resumed(session);
    } catch (Throwable failed) {
      failed(session, failed);
    }
  }

  void leave(HostSession session, Leaving why) {
    if (recorder != null) {
      recorder.left(session, why);
    }
    try {
      tenure.world().leave(session, why);
    } catch (Throwable failed) {
      failed(session, failed);
    }
  }

  void released(HostSession session) {
    if (recorder != null) {
      recorder.released(session);
    }
    try {
      tenure.world().released(session);
    } catch (Throwable failed) {
      failed(session, failed);
    }
  }

  /** A session was sent a packet that is longer than its format allows. */
  void tooLong(HostSession session, int bytes, int most) {
    failed(
        session,
        new IllegalArgumentException(
            "a packet of " + bytes + " bytes: allowed is up to " + most + ", see packet.max"));
  }

  private void failed(HostSession session, Throwable failed) {
    if (failed instanceof PacketException wrong) {
      session.close(wrong.end());
    } else {
      failures.failed(session, failed);
      session.close(PacketEnd.FAILED);
    }
  }
}
