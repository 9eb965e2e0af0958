package slipway.dump.kept;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder {@code var/dump}. Several processes may use it at once: a dump appears whole, by one
 * move. Methods may be called by any thread.
 *
 * @param root where it is
 * @param bounds how much is kept there
 */
public record DumpFolder(Path root, Bounds bounds) {

  static final String EVENT = "event.txt";
  static final String ACKNOWLEDGED = "acknowledged";

  static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

  private static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(FOLDER);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern NAME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ(-\\d+)?");
  private static final Pattern DRAFT = Pattern.compile("\\.\\d.*Z\\.(\\d{1,18})(-\\d+)?");

  /** The folder of a host. */
  public static DumpFolder of(Path home, Bounds bounds) {
    return new DumpFolder(home.resolve("var").resolve("dump"), bounds);
  }

  /**
   * Begins a dump, which nobody sees before it is kept.
   *
   * @param when the time of the event
   * @throws IOException if it cannot be written there
   */
  public DumpDraft begin(Instant when) throws IOException {
    Files.createDirectories(root.getParent(), PRIVATE);
    makePrivate(root);
    String time = TIME.format(when);
    String draft = "." + time + "." + ProcessHandle.current().pid();
    for (int another = 2; ; another++) {
      try {
        Path folder = root.resolve(another == 2 ? draft : draft + "-" + another);
        return new DumpDraft(this, time, Files.createDirectory(folder, PRIVATE));
      } catch (FileAlreadyExistsException taken) {
        // by another thread of this process
      }
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PRIVATE);
    } catch (FileAlreadyExistsException there) {
      Files.setPosixFilePermissions(folder, FOLDER);
    }
  }

  /** All dumps, the newest first; none if the folder cannot be read. */
  public List<KeptDump> all() {
    List<KeptDump> all = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
      for (Path folder : folders) {
        if (NAME.matcher(folder.getFileName().toString()).matches()) {
          all.add(read(folder));
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException none) {
      // as when nothing was ever dumped
    }
    all.sort(Comparator.comparing(KeptDump::name, DumpFolder::inTime).reversed());
    return all;
  }

  /** By time, then by number: of one second the tenth comes after the second. */
  private static int inTime(String one, String other) {
    int time = one.substring(0, 20).compareTo(other.substring(0, 20));
    return time != 0
        ? time
        : one.length() != other.length()
            ? Integer.compare(one.length(), other.length())
            : one.compareTo(other);
  }

  /** Those that no operator has seen, the newest first. */
  public List<KeptDump> unseen() {
    return all().stream().filter(dump -> !dump.acknowledged()).toList();
  }

  /** A dump by its name; empty if there is none. */
  public Optional<KeptDump> find(String name) {
    return all().stream().filter(dump -> dump.name().equals(name)).findFirst();
  }

  private static KeptDump read(Path folder) {
    String summary;
    try (Stream<String> lines = Files.lines(folder.resolve(EVENT))) {
      summary = lines.findFirst().orElse("");
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      summary = "";
    }
    return new KeptDump(
        folder.getFileName().toString(),
        folder,
        summary.isEmpty() ? "it is not known what happened" : summary,
        size(folder),
        Files.exists(folder.resolve(ACKNOWLEDGED)));
  }

  /**
   * Notes that an operator has seen a dump.
   *
   * @throws IOException if that cannot be written
   */
  public void acknowledge(KeptDump dump) throws IOException {
    try {
      Files.createFile(
          dump.folder().resolve(ACKNOWLEDGED), PosixFilePermissions.asFileAttribute(FILE));
    } catch (FileAlreadyExistsException already) {
      // by somebody else
    }
  }

  /**
   * Deletes what is beyond the bounds: first what operators have seen, the oldest first, then what
   * nobody has seen. What processes have begun and not finished before they died is deleted, too.
   *
   * @param keep is not deleted, as it is new
   */
  void prune(String keep) {
    List<KeptDump> left = new ArrayList<>(all());
    List<KeptDump> order =
        left.stream()
            .filter(dump -> !dump.name().equals(keep))
            .sorted(
                Comparator.comparing(KeptDump::acknowledged)
                    .reversed()
                    .thenComparing(KeptDump::name, DumpFolder::inTime))
            .toList();
    for (KeptDump dump : order) {
      if (left.size() > bounds.count()
          || left.stream().mapToLong(KeptDump::bytes).sum() > bounds.bytes()) {
        delete(dump.folder());
        left.remove(dump);
      }
    }
    deleteAbandoned();
  }

  private void deleteAbandoned() {
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(root, ".*Z.*")) {
      for (Path draft : drafts) {
        var writer = DRAFT.matcher(draft.getFileName().toString());
        if (writer.matches()
            && ProcessHandle.of(Long.parseLong(writer.group(1)))
                .filter(ProcessHandle::isAlive)
                .isEmpty()) {
          delete(draft);
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException none) {
      // only room on the disk is lost
    }
  }

  private static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(DumpFolder::sizeOf).sum();
    } catch (IOException | java.io.UncheckedIOException gone) {
      return 0;
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Deletes a folder; what cannot be deleted stays. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      // by another process
    } catch (IOException | java.io.UncheckedIOException left) {
      // only room on the disk is lost
    }
  }
}
