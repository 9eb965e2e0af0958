package slipway.server.acceptor;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import slipway.admin.AcceptorStatus;
import slipway.net.Dispatcher;
import slipway.net.Transport;
import slipway.thread.Conditions;
import slipway.thread.ControlThread;

/**
 * Owns all acceptors and the one thread on which they are bound, changed and closed. Its methods
 * may be called from any thread but an event loop.
 */
@Component(service = Acceptors.class)
public final class Acceptors {

  private static final long LOOK_MILLIS = 500;

  private final ScheduledExecutorService thread = ControlThread.named("slipway-acceptors");
  private final Descriptors descriptors;
  private final Acceptor.Environment environment;
  private final Map<String, Acceptor> acceptors = new TreeMap<>();
  private final Conditions conditions = new Conditions(thread);
  private final Map<Hold, Integer> holds = new EnumMap<>(Hold.class);

  /** For Declarative Services. */
  @Activate
  public Acceptors(
      BundleContext context,
      @Reference Transport transport,
      @Reference Dispatcher dispatcher,
      @Reference Stages stages) {
    this(
        context.getProperty("slipway.home"),
        transport,
        dispatcher,
        ProcessDescriptors.get(),
        stages);
  }

  Acceptors(
      String home,
      Transport transport,
      Dispatcher dispatcher,
      Descriptors descriptors,
      Stages stages) {
    this.descriptors = descriptors;
    descriptors.whenShort(this::lookLater);
    this.environment =
        new Acceptor.Environment(
            transport,
            dispatcher,
            thread,
            descriptors,
            stages,
            this::changed,
            home == null ? null : Path.of(home));
    stages.whenChanged(() -> thread.execute(this::stagesChanged));
  }

  private void stagesChanged() {
    acceptors.values().forEach(Acceptor::stagesChanged);
  }

  private void lookLater() {
    thread.schedule(this::lookForDescriptors, LOOK_MILLIS, MILLISECONDS);
  }

  private void lookForDescriptors() {
    if (descriptors.look()) {
      acceptors.values().forEach(Acceptor::lookAgain);
    } else {
      lookLater();
    }
  }

  @Deactivate
  void deactivate() {
    ControlThread.ask(
        thread,
        () -> {
          acceptors.values().forEach(Acceptor::close);
          acceptors.clear();
          return null;
        });
    thread.shutdownNow();
  }

  void configure(String name, AcceptorSettings settings) {
    thread.execute(
        () ->
            acceptors
                .computeIfAbsent(name, added -> new Acceptor(added, environment))
                .configure(settings, holdOn(settings)));
  }

  void remove(String name) {
    thread.execute(
        () -> {
          Acceptor removed = acceptors.remove(name);
          if (removed != null) {
            removed.close();
            changed();
          }
        });
  }

  /** Counts one more holder of acceptors; returns when they are held. */
  void hold(Hold hold) {
    count(hold, 1);
  }

  /** Counts one holder less; returns when the acceptors have followed. */
  void release(Hold hold) {
    count(hold, -1);
  }

  private void count(Hold hold, int more) {
    ControlThread.ask(
        thread,
        () -> {
          holds.merge(hold, more, Integer::sum);
          acceptors.values().forEach(acceptor -> acceptor.hold(holdOn(acceptor.settings())));
          return null;
        });
  }

  private Hold holdOn(AcceptorSettings settings) {
    if (settings.isOperators()) {
      return Hold.NONE;
    }
    return isHeld(Hold.WITHDRAWN)
        ? Hold.WITHDRAWN
        : isHeld(Hold.SUSPENDED) ? Hold.SUSPENDED : Hold.NONE;
  }

  private boolean isHeld(Hold hold) {
    return holds.getOrDefault(hold, 0) > 0;
  }

  List<AcceptorStatus> statuses() {
    return each(Acceptor::status);
  }

  /**
   * Asks each acceptor the same, all at one moment.
   *
   * @param question called on the acceptors' thread
   * @return the answers, in the order of the acceptors' names
   */
  <T> List<T> each(Function<Acceptor, T> question) {
    return ControlThread.ask(thread, () -> acceptors.values().stream().map(question).toList());
  }

  /**
   * Completed, on the acceptors' thread, when they are as described; to be cancelled by callers
   * that no longer wait.
   *
   * @param condition looked at now and after each change, on the acceptors' thread
   */
  CompletableFuture<Void> when(Predicate<Map<String, Acceptor>> condition) {
    return conditions.when(() -> condition.test(acceptors));
  }

  private void changed() {
    conditions.look();
  }
}
