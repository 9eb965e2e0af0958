package slipway.shell.commands.host;

import slipway.admin.Ending;

/** How connections ended, as commands report it. */
final class Endings {

  private Endings() {}

  static String text(Ending ending) {
    return "connections ended by themselves: " + ending.ended() + ", closed: " + ending.closed();
  }
}
