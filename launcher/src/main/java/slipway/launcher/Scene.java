package slipway.launcher;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import slipway.dump.kept.Bounds;
import slipway.dump.kept.DumpDraft;
import slipway.dump.kept.DumpFolder;
import slipway.dump.kept.KeptDump;
import slipway.dump.kept.Tail;
import slipway.dump.kept.Versions;

/**
 * What every dump has of a host's folder: the end of its log and output, and which jars are there.
 */
final class Scene {

  private Scene() {}

  /**
   * Adds it to a dump.
   *
   * @param home the host's folder
   */
  static void addTo(DumpDraft draft, Home home) throws InterruptedException {
    tail(draft, home.log(), "slipway*.log", "slipway.log", "the end of the log");
    tail(draft, home.log(), "host.out*", "host.out", "the end of what the host has printed");
    draft.write(
        "versions.txt",
        "Java, and the jars in bundle/, library/ and services/",
        out -> out.write(Versions.of(home.root()).getBytes(StandardCharsets.UTF_8)));
  }

  private static void tail(DumpDraft draft, Path folder, String glob, String name, String what)
      throws InterruptedException {
    draft.write(name, what, out -> Tail.copy(folder, glob, Tail.BYTES, out));
  }

  /** What an operator is told of a dump that nobody has asked for. */
  static String told(KeptDump dump) {
    return dump.summary()
        + "; see var/dump/"
        + dump.name()
        + ", and then: bin/slipway dump ack "
        + dump.name();
  }

  /** Where a host keeps its dumps, as its configuration says, or as without one if it is wrong. */
  static DumpFolder dumps(Home home) {
    try {
      return DumpFolder.of(home.root(), Bounds.of(FrameworkProperties.of(home)));
    } catch (LaunchException wrong) {
      return DumpFolder.of(home.root(), Bounds.DEFAULT);
    }
  }
}
