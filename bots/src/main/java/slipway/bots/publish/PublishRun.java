package slipway.bots.publish;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import slipway.bots.link.Entrance;
import slipway.bots.link.Loop;
import slipway.bots.link.Loops;
import slipway.bots.link.Tallies;
import slipway.bots.report.Connections;
import slipway.bots.report.FirstFault;
import slipway.bots.report.Report;
import slipway.bots.report.Run;
import slipway.bots.report.Speed;

/** Publishing clients at work. */
public final class PublishRun implements Run {

  private static final long LOOK_MILLIS = 20;

  private final PublishPlan plan;
  private final Loops loops;
  private final PublishEvents events;
  private final Tallies<PublishTally> tallies;
  private final Map<Loop, List<PublishClient>> clients = new HashMap<>();
  private final Map<Loop, Pacer> pacers = new HashMap<>();
  private final Speed speed = new Speed();
  private long began;

  /**
   * Prepares the clients.
   *
   * @throws UnknownHostException if nobody knows the server's name
   */
  public PublishRun(PublishPlan plan) throws UnknownHostException {
    this.plan = plan;
    this.loops = Loops.open(plan.target(), Math.min(plan.loops(), plan.clients()));
    this.tallies = new Tallies<>(loops, PublishTally::new);
    this.events = new PublishEvents(new Entrance(plan.clients()), new FirstFault());
    for (Loop loop : loops.all()) {
      clients.put(loop, new ArrayList<>());
      pacers.put(loop, new Pacer(clients.get(loop), plan.rate()));
    }
    for (int i = 0; i < plan.clients(); i++) {
      Loop loop = loops.of(i);
      clients.get(loop).add(new PublishClient(i, plan, loop, tallies.of(loop), events));
    }
  }

  @Override
  public void start() {
    began = System.nanoTime();
    speed.begin(began);
    loops.on(loop -> clients.get(loop).forEach(PublishClient::enter));
    var unused = events.entrance().done().thenAccept(this::begin);
  }

  private void begin(boolean any) {
    for (Loop loop : loops.all()) {
      loop.events().execute(() -> pacers.get(loop).start(loop));
    }
  }

  @Override
  public CompletableFuture<Boolean> entered() {
    return events.entrance().done();
  }

  @Override
  public Throwable failure() {
    return events.entrance().failure();
  }

  @Override
  public String progress() {
    PublishTally counts = tallies.counts();
    double perSecond = speed.next(System.nanoTime(), counts.heard);
    return PublishReport.progress(counts, loops.links(), perSecond);
  }

  @Override
  public Report finish() {
    long nanos = System.nanoTime() - began;
    loops.on(loop -> pacers.get(loop).stop());
    long deadline = System.nanoTime() + plan.patience().toNanos();
    long missing = standing().missing();
    while (missing > 0
        && System.nanoTime() - deadline < 0
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(MILLISECONDS.toNanos(LOOK_MILLIS));
      missing = standing().missing();
    }
    loops.on(loop -> clients.get(loop).forEach(PublishClient::leave));
    Connections connections = new Connections(loops.links(), loops.lateness());
    return new PublishReport(plan, nanos, tallies.sum(), missing, connections, events.fault().get())
        .report();
  }

  private Standing standing() {
    List<Standing.Client> in = new ArrayList<>();
    loops
        .ask(
            loop ->
                clients.get(loop).stream()
                    .filter(PublishClient::isIn)
                    .map(each -> new Standing.Client(each.number(), each.sent(), each.next()))
                    .toList())
        .forEach(in::addAll);
    return new Standing(in);
  }

  @Override
  public void close() {
    loops.close();
  }
}
