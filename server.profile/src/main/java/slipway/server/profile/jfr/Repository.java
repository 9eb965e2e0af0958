package slipway.server.profile.jfr;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which JFR keeps what it records, {@code var/jfr}: below the host, so that it can be
 * found, is on a disk that the operator has chosen, and is deleted after a host that was killed.
 * JFR itself deletes what is its own when the process ends. May be used from any thread.
 */
@Component(service = Repository.class)
public final class Repository {

  private static final Logger LOG = LoggerFactory.getLogger(Repository.class);

  /** How JFR calls the folder of a process: a time, the process's number, perhaps a count. */
  private static final Pattern OF_PROCESS = Pattern.compile("\\d{4}(_\\d\\d){5}_(\\d+)(_\\d+)?");

  private static final String SCRATCH = "scratch-";

  private final Path folder;
  private boolean isUsed;

  /** For Declarative Services. */
  @Activate
  public Repository(BundleContext context) {
    this(Path.of(context.getProperty("slipway.home"), "var", "jfr"));
  }

  /**
   * Makes it.
   *
   * @param folder need not be there
   */
  public Repository(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /**
   * Has JFR use the folder, from the first call on. This begins JFR. If it cannot be used, the log
   * says so, and JFR has its own, in {@code java.io.tmpdir}.
   */
  public synchronized void use() {
    if (isUsed) {
      return;
    }
    isUsed = true;
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      for (Path left : ofOtherProcesses()) {
        delete(left);
      }
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "jfrConfigure",
              new Object[] {new String[] {"repositorypath=\"" + folder + '"'}},
              new String[] {String[].class.getName()});
    } catch (IOException | JMException failed) {
      LOG.warn("recordings of the JVM are not kept in {}: {}", folder, failed.toString());
    }
  }

  /**
   * A new file for the meantime, which only the host's user can read; to be called after {@link
   * #use}. What a host that was killed has left of them is deleted there.
   */
  public Path scratch() throws IOException {
    return Files.createTempFile(folder, SCRATCH, ".jfr");
  }

  /** One host at a time has this folder, and has nothing there yet, so the others are over. */
  private List<Path> ofOtherProcesses() throws IOException {
    String own = Long.toString(ProcessHandle.current().pid());
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(
              entry -> {
                String name = entry.getFileName().toString();
                Matcher process = OF_PROCESS.matcher(name);
                return name.startsWith(SCRATCH)
                    || process.matches() && !process.group(2).equals(own);
              })
          .toList();
    }
  }

  private static void delete(Path left) throws IOException {
    if (Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(left)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
    Files.delete(left);
  }
}
