package slipway.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * The folder of a distribution and what lies where in it.
 *
 * @param root the folder; absolute
 */
record Home(Path root) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** More than there can be numbers of processes; a power of two. */
  private static final long PIDS = 1L << 32;

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

  /**
   * Where native libraries are unpacked: the system's folder may not allow to run what is in it.
   */
  Path natives() {
    return var().resolve("native");
  }

  /**
   * Lets a library of Java's unpack its native part there, unless an operator has said where.
   *
   * @param property where that library looks for the folder
   */
  void unpackNativesOf(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, natives().toString());
    }
  }

  Path history() {
    return var().resolve("console.history");
  }

  /** The jars that were deployed, which the host keeps for going back. */
  Path versions() {
    return var().resolve("versions");
  }

  /** What is left of crashes, and what operators have asked for. */
  Path dumps() {
    return var().resolve("dump");
  }

  Path run() {
    return var().resolve("run");
  }

  LockFile lockFile() {
    return new LockFile(run().resolve("host.lock"), 0);
  }

  /**
   * Outlives {@code var}. Folders that are links may share it: each has places of its own there,
   * which its path gives.
   */
  LockFile outerLockFile() {
    byte[] path = root.toString().getBytes(StandardCharsets.UTF_8);
    long places = UUID.nameUUIDFromBytes(path).getMostSignificantBits() >>> 2;
    return new LockFile(startLevels().resolveSibling("host.lock"), places & -PIDS);
  }

  Path pidFile() {
    return run().resolve("host.pid");
  }

  /** Written by the host when it is ready. */
  Path readyFile() {
    return run().resolve("ready");
  }

  /** A path in this folder as it is written from there, where the host works. */
  String inside(Path path) {
    return root.relativize(path).toString();
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
    // H2 takes a backslash for a slash, and would keep its file somewhere else
    if (root.toString().chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
      throw new LaunchException(
          ExitCode.FAILED,
          "the name of the host's folder has a backslash or a control character: "
              + root.toString().replaceAll("\\p{Cntrl}", "?")
              + ": move it to a folder without one");
    }
    for (Path folder :
        new Path[] {var(), run(), log(), dumps(), temporary(), versions(), natives()}) {
      try {
        makePrivate(folder);
      } catch (IOException e) {
        throw new LaunchException(
            ExitCode.FAILED, folder + " cannot be restricted to this user: " + Reason.of(e));
      }
    }
    clear(natives());
    for (Path folder : new Path[] {services(), conf()}) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new LaunchException(ExitCode.FAILED, folder + " cannot be created: " + Reason.of(e));
      }
    }
  }

  /** Deletes unpacked libraries that a killed host has left; what cannot be deleted stays. */
  private static void clear(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      // only room on the disk is lost
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
