package slipway.server.world.record;

import slipway.service.Connection;
import slipway.world.Frame;
import slipway.world.Leaving;
import slipway.world.SessionMode;

/**
 * What a world was told, in a form in which another version can be told the same. Sessions are
 * named by their numbers.
 */
public sealed interface Input {

  /** A session has come. */
  record Joined(long session, Connection connection, SessionMode mode, byte[] ticket)
      implements Input {}

  /** A packet has come. */
  record Said(long session, byte[] packet) implements Input {}

  /** A session has sent nothing for too long. */
  record Silent(long session) implements Input {}

  /** A session has lost its connection. */
  record Lost(long session) implements Input {}

  /** A session has another connection. */
  record Resumed(long session) implements Input {}

  /** Another world has told something. */
  record Message(String from, byte[] message) implements Input {}

  /** Work is done. */
  record Answer(String tag, byte[] answer) implements Input {}

  /** Work has failed. */
  record NoAnswer(String tag, String reason) implements Input {}

  /** One step; what follows it is told at the end of the frame. */
  record Stepped(Frame frame) implements Input {}

  /** A session has gone. */
  record Left(long session, Leaving why) implements Input {}

  /** The connection of a session that had gone is closed. */
  record Released(long session) implements Input {}
}
