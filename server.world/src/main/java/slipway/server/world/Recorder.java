package slipway.server.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import slipway.packet.PacketReader;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.SessionMode;

/**
 * Notes what a world is told for some frames, and passes on each frame when it is over. Confined to
 * the world's loop.
 */
final class Recorder {

  private final Consumer<List<Input>> frames;
  private List<Input> inputs = new ArrayList<>();
  private int left;

  /**
   * Makes it.
   *
   * @param count how many frames
   * @param frames takes each of them, in the world's loop
   */
  Recorder(int count, Consumer<List<Input>> frames) {
    this.left = count;
    this.frames = frames;
  }

  void joined(HostSession session, SessionMode mode, byte[] ticket) {
    inputs.add(new Input.Joined(session, mode, ticket));
  }

  void said(HostSession session, PacketReader packet) {
    inputs.add(new Input.Said(session.id(), packet.copy()));
  }

  void silent(HostSession session) {
    inputs.add(new Input.Silent(session.id()));
  }

  void told(Mail mail) {
    inputs.add(new Input.Told(mail));
  }

  void stepped(Frame frame) {
    inputs.add(new Input.Stepped(frame));
  }

  void left(HostSession session, Leaving why) {
    inputs.add(new Input.Left(session.id(), why));
  }

  /** A frame is over; returns whether another one is to be noted. */
  boolean goesOn() {
    frames.accept(inputs);
    inputs = new ArrayList<>();
    left--;
    return left > 0;
  }
}
