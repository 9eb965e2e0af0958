package slipway.launcher;

import java.io.IOException;

/** A host said nothing for too long, or a command took longer than it was given. */
final class SilentHostException extends IOException {

  private static final long serialVersionUID = 1L;

  SilentHostException(String message) {
    super(message);
  }
}
