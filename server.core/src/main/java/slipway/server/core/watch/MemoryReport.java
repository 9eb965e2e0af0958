package slipway.server.core.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.server.core.watch.Offence.Culprit;

/**
 * Says why the host before this one ended, if that had no memory left. Java has then written a heap
 * dump, and the host could not report it any more. A text is put beside the dump, so that each is
 * reported once. Has no state.
 */
@Component(service = MemoryReport.class)
public final class MemoryReport {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryReport.class);
  private static final List<String> DUMPS = List.of("heap.hprof.gz", "heap.hprof");
  private static final String TEXT = "memory.txt";

  private final BundleContext context;
  private final Path home;

  /** For Declarative Services. */
  @Activate
  public MemoryReport(BundleContext context) {
    String property = context.getProperty("slipway.home");
    this.context = context;
    this.home = Path.of(property == null ? "" : property).toAbsolutePath().normalize();
  }

  /** The heap dump of a folder, unless it was reported already. */
  public static Optional<Path> unread(Path folder) {
    return Files.exists(folder.resolve(TEXT))
        ? Optional.empty()
        : DUMPS.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
  }

  /**
   * Reports a heap dump, in the caller's thread; an interrupt ends that. Takes as long as it takes
   * to read the dump twice.
   *
   * @param dump as Java has written it, compressed or not
   */
  public void report(Path dump) {
    ServiceClasses classes = new ServiceClasses(context); // asked later: services may still come
    try {
      report(
          home,
          dump,
          Runtime.getRuntime().maxMemory(), // of this host; its options are most often the same
          classes::named);
    } catch (IOException failed) {
      if (!Thread.currentThread()
          .isInterrupted()) { // else the host ends, and the next one reports it
        LOG.warn("It is not known why no memory was left: {}", failed.getMessage(), failed);
      }
    }
  }

  private static FileTime written(Path dump) {
    try {
      return Files.getLastModifiedTime(dump);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
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
    Path text = dump.resolveSibling(TEXT);
    Path draft = Files.createTempFile(dump.getParent(), ".", ".txt"); // made with mode 0600
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
