package slipway.server.profile.quota;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import slipway.profile.UsageProfiler;
import slipway.profile.UsageRun;
import slipway.server.profile.jfr.CpuSamples;
import slipway.server.profile.jfr.Repository;
import slipway.server.profile.jfr.VersionEvents;

/** Measures what services use by recordings of the JVM, and never longer than it is active. */
@Component
public final class HostUsageProfiler implements UsageProfiler {

  private static final Duration HEAP_PAUSE = Duration.ofMinutes(1);

  private final Repository repository;
  private final VersionEvents versions;
  private final Set<UsageStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean hasEnded;

  /** For Declarative Services. */
  @Activate
  public HostUsageProfiler(@Reference Repository repository, @Reference VersionEvents versions) {
    this.repository = repository;
    this.versions = versions;
  }

  @Override
  public UsageRun begin(boolean heap) {
    return begin(heap ? new RetainedHeap(HEAP_PAUSE) : null);
  }

  UsageRun begin(RetainedHeap heap) {
    repository.use();
    versions.begin();
    UsageStream run = new UsageStream(CpuSamples.best(), heap, open::remove);
    open.add(run);
    if (hasEnded) {
      run.close();
      throw new IllegalStateException("the profiler has ended");
    }
    return run;
  }

  @Deactivate
  void deactivate() {
    hasEnded = true;
    open.forEach(UsageStream::close);
  }
}
