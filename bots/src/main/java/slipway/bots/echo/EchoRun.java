package slipway.bots.echo;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import slipway.bots.link.Entrance;
import slipway.bots.link.Loop;
import slipway.bots.link.Loops;
import slipway.bots.report.FirstFault;
import slipway.bots.report.Report;
import slipway.bots.report.Run;

/** Echo clients at work. */
public final class EchoRun implements Run {

  private final EchoPlan plan;
  private final Loops loops;
  private final EchoEvents events;
  private final Map<Loop, EchoTally> tallies = new HashMap<>();
  private final Map<Loop, List<EchoClient>> clients = new HashMap<>();
  private long began;
  private long shownAt;
  private long shownAnswers;

  /**
   * Prepares the clients.
   *
   * @throws UnknownHostException if nobody knows the server's name
   */
  public EchoRun(EchoPlan plan) throws UnknownHostException {
    this.plan = plan;
    this.loops = Loops.open(plan.target(), Math.min(plan.loops(), plan.clients()));
    this.events =
        new EchoEvents(
            new Entrance(plan.clients()), new CountDownLatch(plan.clients()), new FirstFault());
    SplittableRandom random = new SplittableRandom(plan.filler().seed());
    for (Loop loop : loops.all()) {
      tallies.put(loop, new EchoTally());
      clients.put(loop, new ArrayList<>());
    }
    for (int i = 0; i < plan.clients(); i++) {
      Loop loop = loops.of(i);
      clients
          .get(loop)
          .add(new EchoClient(i, plan, loop, tallies.get(loop), events, random.split()));
    }
  }

  @Override
  public void start() {
    began = System.nanoTime();
    shownAt = began;
    loops.on(loop -> clients.get(loop).forEach(EchoClient::enter));
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
    EchoTally sum = new EchoTally();
    loops.ask(loop -> new EchoTally().addCounts(tallies.get(loop))).forEach(sum::addCounts);
    long now = System.nanoTime();
    String line =
        EchoReport.progress(
            sum, loops.links(), (sum.answered - shownAnswers) * 1e9 / (now - shownAt));
    shownAt = now;
    shownAnswers = sum.answered;
    return line;
  }

  @Override
  public Report finish() {
    long nanos = System.nanoTime() - began;
    loops.on(loop -> clients.get(loop).forEach(EchoClient::stop));
    try {
      var unused = events.ended().await(plan.patience().toNanos(), NANOSECONDS);
    } catch (InterruptedException now) {
      Thread.currentThread().interrupt(); // what is under way is not waited for
    }
    loops.on(loop -> clients.get(loop).forEach(EchoClient::cut));
    EchoTally sum = new EchoTally();
    loops.ask(loop -> new EchoTally().add(tallies.get(loop))).forEach(sum::add);
    return new EchoReport(plan, nanos, sum, loops.links(), loops.lateness(), events.fault().get())
        .report();
  }

  @Override
  public void close() {
    loops.close();
  }
}
