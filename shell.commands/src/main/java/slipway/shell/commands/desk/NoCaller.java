package slipway.shell.commands.desk;

import java.util.Optional;
import slipway.command.Caller;

/** Stands for a caller that cannot be asked, such as a script. */
enum NoCaller implements Caller {
  INSTANCE;

  @Override
  public Optional<String> secret(String question) {
    return Optional.empty();
  }

  @Override
  public Optional<String> answer(String question) {
    return Optional.empty();
  }

  @Override
  public Optional<String> line() {
    return Optional.empty();
  }

  @Override
  public void waits(String what) {
    // nobody to notify
  }
}
