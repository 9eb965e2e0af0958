package slipway.server.core.watch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.watch.Offence.Culprit;

/**
 * Says why the host before this one ended, if that had no memory left. Java has then written a heap
 * dump, and the host could not report it any more. A text is put beside the dump, so that each is
 * reported once.
 */
@Component(service = MemoryReport.class)
public final class MemoryReport {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryReport.class);
  private static final String DUMPS = "java_pid*.hprof";
  private static final String DUMP = ".hprof";
  private static final String TEXT = ".txt";

  private final BundleContext context;
  private final Path home;
  private Thread reader;

  /** For Declarative Services. */
  @Activate
  public MemoryReport(BundleContext context) {
    String property = context.getProperty("slipway.home");
    this.context = context;
    this.home = Path.of(property == null ? "" : property).toAbsolutePath().normalize();
  }

  @Deactivate
  synchronized void deactivate() {
    if (reader != null) {
      reader.interrupt(); // which ends the reading of a file
    }
  }

  /** Looks whether there is something to report, in a thread of its own: a dump may be large. */
  public synchronized void begin() {
    if (reader == null) {
      reader = Thread.ofPlatform().daemon().name("slipway-dump").unstarted(this::report);
      reader.setPriority(Thread.MIN_PRIORITY);
      reader.start();
    }
  }

  private void report() {
    try {
      Optional<Path> dump = untold(home.resolve("var").resolve("dump"));
      if (dump.isPresent()) {
        report(
            home,
            dump.get(),
            Runtime.getRuntime().maxMemory(), // of this host; its options are most often the same
            new ServiceClasses(context).byName());
      }
    } catch (IOException failed) {
      if (!Thread.currentThread()
          .isInterrupted()) { // else the host ends, and the next one reports it
        LOG.warn("It is not known why no memory was left: {}", failed.getMessage(), failed);
      }
    }
  }

  /** The newest dump of a folder, unless it was reported already. */
  static Optional<Path> untold(Path folder) throws IOException {
    try (DirectoryStream<Path> dumps = Files.newDirectoryStream(folder, DUMPS)) {
      return StreamSupport.stream(dumps.spliterator(), false)
          .max(Comparator.comparing(MemoryReport::written))
          .filter(dump -> !Files.exists(text(dump)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private static FileTime written(Path dump) {
    try {
      return Files.getLastModifiedTime(dump);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  private static Path text(Path dump) {
    String name = dump.getFileName().toString();
    return dump.resolveSibling(name.substring(0, name.length() - DUMP.length()) + TEXT);
  }

  /**
   * Reports a dump.
   *
   * @param home what its name is shown in
   * @param room how many bytes the heap had room for
   * @param services of which version a class of a name may be
   */
  static void report(Path home, Path dump, long room, Function<String, Optional<Culprit>> services)
      throws IOException {
    MemoryUse use;
    try {
      use = MemoryUse.of(HeapDump.read(dump), room, services);
    } catch (IOException unreadable) {
      throw new IOException(
          home.relativize(dump) + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
    Instant when = written(dump).toInstant().truncatedTo(ChronoUnit.SECONDS);
    Path text = text(dump);
    Path draft = Files.createTempFile(dump.getParent(), ".", TEXT); // made with mode 0600
    try {
      Files.write(draft, use.text(dump.getFileName().toString(), when));
      Files.move(draft, text, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    LOG.error(
        "The host before this one ended at {}, as no memory was left. {}. More is in {}",
        when,
        String.join(". ", use.sentences()),
        home.relativize(text));
  }
}
