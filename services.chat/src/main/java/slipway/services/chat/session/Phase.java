package slipway.services.chat.session;

import java.util.Map;

/** What a session is at: its lines mean something else in each. In the connection's event loop. */
sealed interface Phase permits Entrance, Talk {

  /**
   * Takes a line. Called for one after the other, and not while the session is busy.
   *
   * @param bytes the line without its delimiter; not used by anybody else
   */
  void line(byte[] bytes);

  /** Whether a line may hold a password. */
  boolean isSecret();

  /** The connection is gone, or another version has it. */
  void leave(boolean announced);

  /** What another version needs to continue, in the types that each version has expected so far. */
  Map<String, Object> state();
}
