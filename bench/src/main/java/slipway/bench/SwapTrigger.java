package slipway.bench;

import java.io.IOException;
import java.nio.file.Path;

/** A way to bring another version of a service into a host that runs. */
@FunctionalInterface
interface SwapTrigger {

  /** Returns when the version serves, and the connections that could be handed over have been. */
  void swap(Path jar) throws IOException;
}
