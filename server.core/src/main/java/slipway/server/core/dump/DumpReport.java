package slipway.server.core.dump;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.dump.kept.DumpFolder;
import slipway.dump.kept.KeptDump;
import slipway.server.core.watch.MemoryReport;

/** Names in the log, at each start, the dumps that no operator has seen yet. */
@Component(service = DumpReport.class)
public final class DumpReport {

  private static final Logger LOG = LoggerFactory.getLogger(DumpReport.class);

  private final DumpFolder dumps;
  private final MemoryReport memory;
  private Thread reader;

  /** For Declarative Services. */
  @Activate
  public DumpReport(BundleContext context, @Reference MemoryReport memory) {
    this(HostHome.dumps(context), memory);
  }

  DumpReport(DumpFolder dumps, MemoryReport memory) {
    this.dumps = dumps;
    this.memory = memory;
  }

  @Deactivate
  synchronized void deactivate() {
    if (reader != null) {
      reader.interrupt(); // which ends the reading of a file
    }
  }

  /** Looks whether there is something to report, in a thread of its own: a heap may be large. */
  public synchronized void begin() {
    if (reader == null) {
      reader = Thread.ofPlatform().daemon().name("slipway-dump").unstarted(this::report);
      reader.setPriority(Thread.MIN_PRIORITY);
      reader.start();
    }
  }

  /** Names all of them first, as reading a heap takes a while. */
  void report() {
    List<KeptDump> unseen = dumps.unseen().reversed();
    for (KeptDump dump : unseen) {
      LOG.error(
          "{}: what is left of it is in var/dump/{}; once you have seen it: dump ack {}",
          dump.summary(),
          dump.name(),
          dump.name());
    }
    for (KeptDump dump : unseen) {
      Optional<Path> heap = MemoryReport.unread(dump.folder());
      if (heap.isPresent() && !Thread.currentThread().isInterrupted()) {
        memory.report(heap.get());
      }
    }
  }
}
