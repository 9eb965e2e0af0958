package slipway.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What spares a host that lives for seconds the work that pays in one that lives for days. */
public final class ShortLife {

  private ShortLife() {}

  /**
   * Prepares a host: it compiles its code in the quick way only, and has the archive of classes
   * that an earlier one has written.
   *
   * @param home the host's folder, before its first start
   */
  public static void prepare(Path home) throws IOException {
    Files.writeString(
        home.resolve("conf/jvm.options"), "\n-XX:TieredStopAtLevel=1\n", StandardOpenOption.APPEND);
    ClassArchive.give(home);
  }
}
