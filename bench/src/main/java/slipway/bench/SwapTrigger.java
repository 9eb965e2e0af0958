package slipway.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import slipway.bench.peer.AdminSocket;
import slipway.bench.peer.Host;
import slipway.bench.peer.ServiceVersions;

/** A way to bring another version of a service into a host that runs. */
@FunctionalInterface
interface SwapTrigger {

  /** Returns when the version serves, and the connections that could be handed over have been. */
  void swap(Path jar) throws IOException;

  /** By a command of the host. */
  static SwapTrigger of(AdminSocket admin) {
    return jar -> admin.execute("libctl install " + jar);
  }

  /** Two versions of echo to be swapped, in the host's folder. */
  static List<Path> versions(Path distribution, Host host) throws IOException {
    return List.of(
        ServiceVersions.make(distribution, "echo", "1.0.1", host.home()),
        ServiceVersions.make(distribution, "echo", "1.0.2", host.home()));
  }
}
