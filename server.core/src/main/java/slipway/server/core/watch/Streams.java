package slipway.server.core.watch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.service.Connection;

/**
 * The virtual threads that are watched: one that computes for too long keeps the JDK's few carriers
 * from all others. Those of connections are known; others, which services have made, are looked for
 * if a probe does not get to run. Belongs to the watchdog's thread.
 */
final class Streams {

  private final Offences offences;
  private final BooleanSupplier mayCompute;
  private final Map<Thread, Stint> stints = new HashMap<>();
  private final Stint starvation = new Stint();
  private volatile Supplier<Stream<Working>> working = Stream::empty;
  private Probe probe = new Probe();

  /**
   * Makes one that knows of no connection.
   *
   * @param mayCompute asked at each look whether any virtual thread may have computed since the
   *     last one
   */
  Streams(Offences offences, BooleanSupplier mayCompute) {
    this.offences = offences;
    this.mayCompute = mayCompute;
  }

  /** Says which connections are served on threads of their own; may be called from any thread. */
  void watch(Supplier<Stream<Working>> all) {
    working = all;
  }

  /** The connection that a thread of its own serves; may be called from any thread. */
  Optional<Connection> servedBy(Thread runner) {
    return working
        .get()
        .filter(one -> one.handler().thread() == runner)
        .map(Working::connection)
        .findFirst();
  }

  /** Looks at all of them once. */
  void look(Look look) {
    boolean computing = mayCompute.getAsBoolean();
    // what has begun is over when it is seen to be: on a busy machine it may get no time for a look
    if (!computing && stints.isEmpty() && probe.hasRun()) {
      look.over(starvation);
      return;
    }
    Map<Thread, Working> mounted =
        working
            .get()
            .filter(Streams::hasCarrier)
            .collect(Collectors.toMap(one -> one.handler().thread(), one -> one, (a, b) -> a));
    stints
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !mounted.containsKey(entry.getKey());
              if (gone) {
                look.over(entry.getValue());
              }
              return gone;
            });
    mounted.forEach((runner, one) -> look(runner, one, look));
    lookForStarvation(look);
  }

  private static boolean hasCarrier(Working one) {
    Thread runner = one.handler().thread();
    return runner != null && runner.isVirtual() && Carriers.has(runner);
  }

  private void look(Thread runner, Working one, Look look) {
    Stint stint = stints.computeIfAbsent(runner, first -> new Stint());
    look.goesOn(stint, one.handler().steps() + 1);
    if (look.isDue(stint)) {
      look.tell(
          stint,
          offences.of(
              "has computed on a virtual thread",
              one.connection(),
              Arrays.asList(runner.getStackTrace())));
    }
    look.note(runner, stint);
  }

  /** Threads that services have made by themselves are looked for only if nothing else runs. */
  private void lookForStarvation(Look look) {
    if (probe.hasRun()) {
      look.over(starvation);
      probe = new Probe();
      probe.start();
      return;
    }
    look.goesOn(starvation, 0);
    boolean explained = stints.values().stream().anyMatch(stint -> stint.told() != null);
    if (!explained && look.isDue(starvation)) {
      VirtualThreads.computing().stream()
          .filter(offences::isOfService)
          .findFirst()
          .ifPresent(
              stack ->
                  look.tell(
                      starvation, offences.of("has let no other virtual thread run", null, stack)));
    }
    look.note(starvation, starvation);
  }

  /** A virtual thread that does nothing, to see whether others run. */
  private static final class Probe implements Runnable {
    private volatile boolean ran = true;

    void start() {
      ran = false;
      Thread.ofVirtual().name("slipway-probe").start(this);
    }

    @Override
    public void run() {
      ran = true;
    }

    boolean hasRun() {
      return ran;
    }
  }
}
