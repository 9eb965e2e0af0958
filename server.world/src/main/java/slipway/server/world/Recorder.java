package slipway.server.world;

import java.util.ArrayList;
import java.util.List;
import slipway.packet.Packet;
import slipway.packet.PacketReader;
import slipway.server.world.record.Deeds;
import slipway.server.world.record.Input;
import slipway.server.world.record.RecordedFrame;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.SessionMode;

/**
 * Notes what a world is told and what it does, as long as there is a listener, and passes on each
 * frame when it is over. Confined to the world's loop.
 */
final class Recorder {

  private final List<Listener> listeners = new ArrayList<>();
  private List<Input> inputs = new ArrayList<>();
  private Deeds deeds = new Deeds();

  /** Takes frames, in the world's loop; it must not block. */
  interface Listener {

    /** A frame is over; returns whether another one is wanted. */
    boolean frame(RecordedFrame frame);

    /**
     * Another version runs the world, or it runs no more; returns whether more frames are wanted,
     * if there are any.
     */
    default boolean over(String why) {
      return true;
    }
  }

  /** One more wants to be told, from the next frame on. */
  void add(Listener listener) {
    listeners.add(listener);
  }

  boolean hasListeners() {
    return !listeners.isEmpty();
  }

  void joined(HostSession session, SessionMode mode, byte[] ticket) {
    inputs.add(new Input.Joined(session.id(), session.connection(), mode, ticket));
  }

  void said(HostSession session, PacketReader packet) {
    inputs.add(new Input.Said(session.id(), packet.copy()));
  }

  void silent(HostSession session) {
    inputs.add(new Input.Silent(session.id()));
  }

  void lost(HostSession session) {
    inputs.add(new Input.Lost(session.id()));
  }

  void resumed(HostSession session) {
    inputs.add(new Input.Resumed(session.id()));
  }

  void told(Mail mail) {
    inputs.add(
        switch (mail) {
          case Mail.Message(String from, byte[] message) -> new Input.Message(from, message);
          case Mail.Answer(String tag, byte[] answer) -> new Input.Answer(tag, answer);
          case Mail.NoAnswer(String tag, String reason) -> new Input.NoAnswer(tag, reason);
          case Mail.Arrival arrival -> throw new IllegalArgumentException(arrival.toString());
          case Mail.Released released -> throw new IllegalArgumentException(released.toString());
        });
  }

  void stepped(Frame frame) {
    inputs.add(new Input.Stepped(frame));
  }

  void left(HostSession session, Leaving why) {
    inputs.add(new Input.Left(session.id(), why));
  }

  void released(HostSession session) {
    inputs.add(new Input.Released(session.id()));
  }

  void sent(HostSession session, Deeds.Kind kind, Packet packet, long key) {
    deeds.sent(session.id(), kind, packet, key);
  }

  void did(long session, Deeds.Kind kind, String what, byte... bytes) {
    deeds.did(session, kind, what, bytes);
  }

  void answered(boolean yes) {
    deeds.answered(yes);
  }

  void gave(byte... value) {
    deeds.gave(value);
  }

  /**
   * A frame is over.
   *
   * @param nanos how long it took
   * @param failure why the world has failed with it; empty if it has not
   */
  void frame(long nanos, String failure) {
    RecordedFrame frame = new RecordedFrame(inputs, deeds, nanos, failure);
    inputs = new ArrayList<>();
    deeds = new Deeds();
    listeners.removeIf(listener -> !listener.frame(frame));
  }

  /** What comes is another world, or nothing. */
  void over(String why) {
    inputs = new ArrayList<>();
    deeds = new Deeds();
    listeners.removeIf(listener -> !listener.over(why));
  }
}
