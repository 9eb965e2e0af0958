package slipway.bots.publish;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
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
    this.events =
        new PublishEvents(new Entrance(plan.clients()), new FirstFault(), new Semaphore(0));
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
  public Entrance entrance() {
    return events.entrance();
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
    long missing = awaitAll();
    loops.on(loop -> clients.get(loop).forEach(PublishClient::leave));
    Connections connections = new Connections(loops.links(), loops.lateness());
    return new PublishReport(plan, nanos, tallies.sum(), missing, connections, events.fault().get())
        .report();
  }

  /**
   * Waits until all that is in has heard all, as long as that may take. If a client is closed
   * meanwhile, nobody waits for what it had to hear, or has published.
   *
   * @return how many packets are missing
   */
  private long awaitAll() {
    long deadline = System.nanoTime() + plan.patience().toNanos();
    Standing now = look();
    while (now.missing() > 0 && hearsNews(now, deadline - System.nanoTime())) {
      now = look();
    }
    return standing().missing();
  }

  /** News that comes from now on is not of what is seen. */
  private Standing look() {
    events.news().drainPermits();
    return standing();
  }

  /** Waits for all to have heard all, or for one to be closed; false if neither is in time. */
  private boolean hearsNews(Standing now, long nanos) {
    long[] published = now.sent(plan.clients());
    loops.on(loop -> clients.get(loop).forEach(client -> client.await(published)));
    try {
      return events.news().tryAcquire(now.clients().size(), nanos, NANOSECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt(); // what is under way is not waited for
      return false;
    }
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
