package slipway.server.core.life;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import slipway.thread.ControlThread;

/**
 * What those who deploy ask about services. May be used from any thread except the control thread,
 * which answers.
 */
public final class ServiceQueries {

  private final Executor control;

  /** Of the control thread. */
  private final Map<String, ServiceEntry> entries;

  ServiceQueries(Executor control, Map<String, ServiceEntry> entries) {
    this.control = control;
    this.entries = entries;
  }

  /** Services on their way to be started, which have not failed to be. */
  public Set<String> starting() {
    return ControlThread.ask(
        control,
        () ->
            entries.keySet().stream()
                .filter(name -> entries.get(name).view().isStarting())
                .collect(Collectors.toSet()));
  }

  /**
   * What a version waits for before it serves the users of all versions; empty if nothing of its
   * service keeps it.
   */
  public Optional<Awaited> awaited(String name, long bundleId) {
    return ask(name, view -> view.awaited(bundleId)).flatMap(Function.identity());
  }

  /**
   * What services that are suspended wait for, the one that may take longest; empty if none does.
   */
  public Optional<Awaited> suspended(Collection<String> names) {
    return ControlThread.ask(
        control,
        () ->
            names.stream()
                .map(entries::get)
                .filter(Objects::nonNull)
                .flatMap(entry -> entry.view().suspended().stream())
                .max(Comparator.comparing(Awaited::limit)));
  }

  /**
   * What the version that serves runs beside its users, and another one would go on with; empty for
   * nothing.
   */
  public String runs(String name) {
    return ask(name, EntryView::runs).orElse("");
  }

  /** What a version has taken over from others beside their users; empty for nothing. */
  public String tookOver(String name, long bundleId) {
    return ask(name, view -> view.tookOver(bundleId)).orElse("");
  }

  private <T> Optional<T> ask(String name, Function<EntryView, T> question) {
    return ControlThread.ask(
        control,
        () -> Optional.ofNullable(entries.get(name)).map(ServiceEntry::view).map(question));
  }
}
