package slipway.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import slipway.bench.load.SwapLoad;
import slipway.bench.measure.JavaTools;
import slipway.bench.peer.AdminSocket;
import slipway.bench.peer.Host;

/**
 * What a host's memory of classes is after so many swaps.
 *
 * @param swap how many
 * @param metaspaceBytes used for classes, and for what Java's compilers note of their methods
 * @param loadedClasses with garbage collected before
 */
record ClassMemory(int swap, long metaspaceBytes, long loadedClasses) {

  private static final Set<Integer> LOOK_AT = Set.of(10, 100, 1_000);

  /** With only the first of Java's compilers, which notes nothing of the methods that run. */
  private static final String NO_PROFILES = "-XX:TieredStopAtLevel=1";

  static boolean isDue(int swap, int last) {
    return LOOK_AT.contains(swap) || swap == last;
  }

  static ClassMemory of(Host host, int swap) throws IOException {
    JavaTools.collectGarbage(host.pid());
    JavaTools.Classes classes = JavaTools.classes(host.pid());
    return new ClassMemory(swap, classes.metaspaceBytes(), classes.loaded());
  }

  /**
   * Swaps under connections that are in use, in a host whose compilers keep no profiles: what grows
   * there is the host's own.
   */
  static List<ClassMemory> withoutProfiles(Path distribution, int swaps, Progress progress)
      throws IOException, InterruptedException {
    progress.tell("swap: starting the host without profiles");
    try (Host host = Host.start(distribution, NO_PROFILES);
        AdminSocket admin = AdminSocket.of(host.home());
        SwapLoad load =
            new SwapLoad(
                host.port(), SwapExperiment.CONNECTIONS, SwapExperiment.MESSAGES_PER_SECOND)) {
      load.start();
      List<Path> versions = SwapTrigger.versions(distribution, host);
      List<ClassMemory> looks = new ArrayList<>();
      for (int swap = 1; swap <= swaps; swap++) {
        SwapTrigger.of(admin).swap(versions.get(swap % versions.size()));
        if (isDue(swap, swaps)) {
          looks.add(of(host, swap));
          progress.tell("swap: " + swap + " of " + swaps + " without profiles");
        }
      }
      load.finish();
      return looks;
    }
  }

  /** How much it has grown from one to another. */
  double metaspaceSince(ClassMemory before) {
    return metaspaceBytes / (double) before.metaspaceBytes;
  }
}
