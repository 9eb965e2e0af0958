package slipway.shell.commands.filter;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import slipway.command.Call;

/** The text before a command in its pipe, line by line. */
final class Lines {

  private Lines() {}

  static BufferedReader of(Call call) {
    return new BufferedReader(new InputStreamReader(call.in(), StandardCharsets.UTF_8));
  }
}
