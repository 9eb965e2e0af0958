package slipway.shell.commands.host;

import slipway.command.CommandException;

/** Parts of the host that commands need; they are absent while it starts or stops. */
final class HostPart {

  private HostPart() {}

  /**
   * A part that has to be there.
   *
   * @param part the part; null while it is absent
   * @param what what it manages, for the message
   * @throws CommandException if it is absent
   */
  static <T> T need(T part, String what) throws CommandException {
    if (part == null) {
      throw new CommandException(
          "nothing manages the host's " + what + " now: the host is starting or stopping");
    }
    return part;
  }
}
