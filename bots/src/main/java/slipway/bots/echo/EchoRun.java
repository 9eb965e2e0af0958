package slipway.bots.echo;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import slipway.bots.link.Entrance;
import slipway.bots.link.Loop;
import slipway.bots.link.Loops;
import slipway.bots.link.Tallies;
import slipway.bots.report.Connections;
import slipway.bots.report.Events;
import slipway.bots.report.Report;
import slipway.bots.report.Run;
import slipway.bots.report.Speed;

/** Echo clients at work. */
public final class EchoRun implements Run {

  private final EchoPlan plan;
  private final Loops loops;
  private final Events events;
  private final Tallies<EchoTally> tallies;
  private final Map<Loop, List<EchoClient>> clients = new HashMap<>();
  private final Speed speed = new Speed();
  private long began;

  /**
   * Prepares the clients.
   *
   * @throws UnknownHostException if nobody knows the server's name
   */
  public EchoRun(EchoPlan plan) throws UnknownHostException {
    this.plan = plan;
    this.loops = Loops.open(plan.target(), Math.min(plan.loops(), plan.clients()));
    this.tallies = new Tallies<>(loops, EchoTally::new);
    this.events = Events.of(plan.clients());
    SplittableRandom random = new SplittableRandom(plan.filler().seed());
    for (Loop loop : loops.all()) {
      clients.put(loop, new ArrayList<>());
    }
    for (int i = 0; i < plan.clients(); i++) {
      Loop loop = loops.of(i);
      clients
          .get(loop)
          .add(new EchoClient(i, plan, loop, tallies.of(loop), events, random.split()));
    }
  }

  @Override
  public void start() {
    began = System.nanoTime();
    speed.begin(began);
    loops.on(loop -> clients.get(loop).forEach(EchoClient::enter));
  }

  @Override
  public Entrance entrance() {
    return events.entrance();
  }

  @Override
  public String progress() {
    EchoTally counts = tallies.counts();
    double perSecond = speed.next(System.nanoTime(), counts.answered);
    return EchoReport.progress(counts, loops.links(), perSecond);
  }

  @Override
  public Report finish() {
    long nanos = System.nanoTime() - began;
    loops.on(loop -> clients.get(loop).forEach(EchoClient::stop));
    events.awaitEnd(plan.patience());
    loops.on(loop -> clients.get(loop).forEach(EchoClient::cut));
    Connections connections = new Connections(loops.links(), loops.lateness());
    return new EchoReport(plan, nanos, tallies.sum(), connections, events.fault().get()).report();
  }

  @Override
  public void close() {
    loops.close();
  }
}
