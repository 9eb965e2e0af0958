package slipway.server.profile.top;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.LoopAdmin;
import slipway.server.profile.jfr.CpuSamples;
import slipway.server.profile.jfr.Repository;
import slipway.server.profile.jfr.VersionEvents;

/** Samples while somebody asks, and never longer than it is active. */
@Component(service = Profiler.class)
public final class Profiler {

  private final Repository repository;
  private final VersionEvents versions;
  private final LoopAdmin loops;
  private final Set<Sampling> open = ConcurrentHashMap.newKeySet();
  private volatile boolean hasEnded;

  /** For Declarative Services. */
  @Activate
  public Profiler(
      @Reference Repository repository,
      @Reference VersionEvents versions,
      @Reference LoopAdmin loops) {
    this.repository = repository;
    this.versions = versions;
    this.loops = loops;
  }

  /**
   * Begins to sample; to be closed.
   *
   * @throws IllegalStateException if this Java has no recorder, or the bundle stops
   */
  Sampling begin() {
    return begin(CpuSamples.best());
  }

  Sampling begin(CpuSamples kind) {
    repository.use();
    versions.begin();
    Sampling sampling = new Sampling(kind, new HandlerLooks(loops, System::nanoTime), open::remove);
    open.add(sampling);
    if (hasEnded) {
      sampling.close();
      throw new IllegalStateException("the profiler has ended");
    }
    return sampling;
  }

  @Deactivate
  void deactivate() {
    hasEnded = true;
    open.forEach(Sampling::close);
  }
}
