package slipway.server.core.dump;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import slipway.admin.AdminException;
import slipway.admin.DumpAdmin;
import slipway.admin.DumpStatus;
import slipway.dump.Attachable;
import slipway.dump.kept.Diagnostics;
import slipway.dump.kept.DumpDraft;
import slipway.dump.kept.DumpFolder;
import slipway.dump.kept.KeptDump;

/** Makes the dumps that operators ask for, in the thread that asks. */
@Component
public final class DumpControl implements DumpAdmin {

  /** How long a part may take. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What threads, logs and the like take at the most, compressed. */
  private static final long SMALL = 16L << 20;

  static final String HEAP = "heap.hprof.gz";
  private static final String HEAP_IS = "the heap, with users' secrets in it";

  private final DumpFolder dumps;
  private final FreeRoom room;
  private final Duration patience;
  private final ReentrantLock making = new ReentrantLock();
  private final List<Attachable> parts = new CopyOnWriteArrayList<>();

  /** For Declarative Services. */
  @Activate
  public DumpControl(BundleContext context) {
    this(HostHome.dumps(context), new FreeRoom(), PATIENCE);
  }

  DumpControl(DumpFolder dumps, FreeRoom room, Duration patience) {
    this.dumps = dumps;
    this.room = room;
    this.patience = patience;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addPart(Attachable part) {
    parts.add(part);
  }

  void removePart(Attachable part) {
    parts.remove(part);
  }

  @Override
  public List<DumpStatus> dumps() {
    return dumps.all().stream().map(DumpControl::status).toList();
  }

  @Override
  public void acknowledge(String name) throws AdminException {
    KeptDump dump =
        dumps
            .find(name)
            .orElseThrow(
                () ->
                    new AdminException(
                        "there is no dump "
                            + name
                            + ": allowed are "
                            + String.join(
                                ", ", dumps.all().stream().map(KeptDump::name).toList())));
    try {
      dumps.acknowledge(dump);
    } catch (IOException failed) {
      throw new AdminException("dump " + name + " cannot be acknowledged: " + failed, failed);
    }
  }

  @Override
  public long heapBytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public DumpStatus heap() throws AdminException, InterruptedException {
    return make(
        "a dump of the heap",
        2 * heapBytes(), // for a while it is there as it is, and compressed
        draft -> draft.need(HEAP, HEAP_IS, file -> Diagnostics.heap(file.toAbsolutePath())));
  }

  @Override
  public DumpStatus threads() throws AdminException, InterruptedException {
    return make(
        "a dump of the threads",
        SMALL,
        draft -> {
          draft.need(
              "threads.json",
              "all threads, also virtual ones",
              file -> Diagnostics.threads(file.toAbsolutePath()));
          draft.write(
              "threads.txt",
              "platform threads with their locks, and deadlocks",
              out -> out.write(Diagnostics.locks().getBytes(StandardCharsets.UTF_8)));
        });
  }

  @Override
  public DumpStatus recording() throws AdminException, InterruptedException {
    if (!Recordings.areThere()) {
      throw new AdminException("nothing is recorded now");
    }
    return make(
        "a dump of the recording",
        2 * Recordings.bytes(),
        draft -> draft.need("recording.jfr", "the recording", Recordings::write));
  }

  @Override
  public DumpStatus archive(boolean heap, Consumer<String> part)
      throws AdminException, InterruptedException {
    return make(
        heap ? "an archive with the heap" : "an archive for a report",
        SMALL + Recordings.bytes() + (heap ? 2 * heapBytes() : 0),
        draft ->
            draft.need(
                "report.zip",
                "what each bundle has for a report" + (heap ? ", and the heap" : ""),
                file -> fill(file, heap, part)));
  }

  private void fill(Path file, boolean heap, Consumer<String> part) throws Exception {
    // no channel: that would be closed by the interrupt of a part that takes too long
    try (OutputStream out = new FileOutputStream(file.toFile());
        Archive archive = new Archive(out)) {
      for (Attachable one :
          parts.stream().sorted(Comparator.comparing(Attachable::title)).toList()) {
        part.accept(one.title());
        archive.add(one, patience);
      }
      if (heap) {
        part.accept("heap");
        addHeap(file.resolveSibling(HEAP).toAbsolutePath(), archive);
      }
      archive.end();
    }
  }

  private static void addHeap(Path heap, Archive archive) throws IOException {
    try {
      Diagnostics.heap(heap);
      archive.copy(heap, HEAP);
    } finally {
      Files.deleteIfExists(heap);
    }
  }

  private interface Filling {
    void fill(DumpDraft draft) throws Exception;
  }

  /** Makes one, unless another is being made. */
  private DumpStatus make(String what, long bytes, Filling filling)
      throws AdminException, InterruptedException {
    if (!making.tryLock()) {
      throw new AdminException(what + " is not made: another dump is being written");
    }
    try (DumpDraft draft = dumps.begin(Instant.now())) {
      room.check(dumps.root(), bytes, what);
      filling.fill(draft);
      return status(draft.keep(what, true));
    } catch (AdminException | InterruptedException refused) {
      throw refused;
    } catch (Exception failed) {
      throw new AdminException(what + " cannot be written: " + failed.getMessage(), failed);
    } finally {
      making.unlock();
    }
  }

  private static DumpStatus status(KeptDump dump) {
    return new DumpStatus(
        dump.name(), dump.folder(), dump.summary(), dump.bytes(), dump.acknowledged());
  }
}
