package slipway.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder of a distribution and what lies where in it.
 *
 * @param root the folder; absolute
 */
record Home(Path root) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** The working directory: the script goes there before it starts Java. */
  static Home current() {
    return new Home(Path.of("").toAbsolutePath());
  }

  Path bundles() {
    return root.resolve("bundle");
  }

  Path services() {
    return root.resolve("services");
  }

  Path conf() {
    return root.resolve("conf");
  }

  Path startLevels() {
    return root.resolve("lib/start-levels.properties");
  }

  Path hostProperties() {
    return conf().resolve("host.properties");
  }

  Path var() {
    return root.resolve("var");
  }

  Path cache() {
    return var().resolve("cache");
  }

  Path log() {
    return var().resolve("log");
  }

  /** What a host in the background prints. */
  Path output() {
    return log().resolve("host.out");
  }

  Path temporary() {
    return var().resolve("tmp");
  }

  Path history() {
    return var().resolve("console.history");
  }

  /** The jars that were deployed, which the host keeps for going back. */
  Path versions() {
    return var().resolve("versions");
  }

  Path run() {
    return var().resolve("run");
  }

  Path lockFile() {
    return run().resolve("host.lock");
  }

  Path pidFile() {
    return run().resolve("host.pid");
  }

  /** Written by the host when it is ready. */
  Path readyFile() {
    return run().resolve("ready");
  }

  /**
   * The admin socket, relative to the working directory: a socket's address has room for about a
   * hundred bytes, and the distribution may lie deeper than that.
   */
  Path adminSocket() {
    return Path.of("").toAbsolutePath().relativize(run().resolve("admin.sock"));
  }

  /**
   * Makes the folders that a host writes to; {@code var} and what is in it is the owner's alone.
   */
  void prepare() throws LaunchException {
    for (Path folder : new Path[] {var(), run(), log(), temporary(), versions()}) {
      try {
        makePrivate(folder);
      } catch (IOException e) {
        throw new LaunchException(
            ExitCode.FAILED, folder + " cannot be made a folder of this user alone: " + e);
      }
    }
    for (Path folder : new Path[] {services(), conf()}) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new LaunchException(ExitCode.FAILED, folder + " cannot be made: " + e);
      }
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException existing) {
      Files.setPosixFilePermissions(folder, OWNER_ONLY);
    }
  }
}
