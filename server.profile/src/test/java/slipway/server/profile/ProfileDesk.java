package slipway.server.profile;

import java.time.Instant;
import java.time.InstantSource;
import slipway.server.profile.record.Recordings;
import slipway.server.profile.top.Profiler;
import slipway.shell.commands.desk.TestDesk;

/** A desk that has the command {@code profile}. */
public final class ProfileDesk implements AutoCloseable {

  private final TestDesk desk = new TestDesk();

  /** Makes it; what a test does not use may be null. */
  public ProfileDesk(Profiler profiler, Recordings recordings) {
    desk.bring(
        new ProfileCommand(new Switch(), profiler, recordings, InstantSource.fixed(Instant.EPOCH)));
  }

  /** Runs a command line, and returns what it has written. */
  public String run(String line) throws Exception {
    return desk.run(line);
  }

  @Override
  public void close() {
    desk.close();
  }
}
