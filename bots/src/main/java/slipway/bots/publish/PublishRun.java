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
import slipway.bots.report.FirstFault;
import slipway.bots.report.Report;
import slipway.bots.report.Run;

/** Publishing clients at work. */
public final class PublishRun implements Run {

  private static final long LOOK_MILLIS = 20;

  private final PublishPlan plan;
  private final Loops loops;
  private final PublishEvents events;
  private final Map<Loop, PublishTally> tallies = new HashMap<>();
  private final Map<Loop, List<PublishClient>> clients = new HashMap<>();
  private final Map<Loop, Pacer> pacers = new HashMap<>();
  private long began;
  private long shownAt;
  private long shownHeard;

  /**
   * Prepares the clients.
   *
   * @throws UnknownHostException if nobody knows the server's name
   */
  public PublishRun(PublishPlan plan) throws UnknownHostException {
    this.plan = plan;
    this.loops = Loops.open(plan.target(), Math.min(plan.loops(), plan.clients()));
    this.events = new PublishEvents(new Entrance(plan.clients()), new FirstFault());
    for (Loop loop : loops.all()) {
      tallies.put(loop, new PublishTally());
      clients.put(loop, new ArrayList<>());
      pacers.put(loop, new Pacer(clients.get(loop), plan.rate()));
    }
    for (int i = 0; i < plan.clients(); i++) {
      Loop loop = loops.of(i);
      clients.get(loop).add(new PublishClient(i, plan, loop, tallies.get(loop), events));
    }
  }

  @Override
  public void start() {
    began = System.nanoTime();
    shownAt = began;
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
    PublishTally sum = new PublishTally();
    loops.ask(loop -> new PublishTally().addCounts(tallies.get(loop))).forEach(sum::addCounts);
    long now = System.nanoTime();
    String line =
        PublishReport.progress(
            sum, loops.links(), (sum.heard - shownHeard) * 1e9 / (now - shownAt));
    shownAt = now;
    shownHeard = sum.heard;
    return line;
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
    PublishTally sum = new PublishTally();
    loops.ask(loop -> new PublishTally().add(tallies.get(loop))).forEach(sum::add);
    return new PublishReport(
            plan, nanos, sum, missing, loops.links(), loops.lateness(), events.fault().get())
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
