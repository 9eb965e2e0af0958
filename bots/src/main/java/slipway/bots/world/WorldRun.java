package slipway.bots.world;

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

/** Players at work. */
public final class WorldRun implements Run {

  private final WorldPlan plan;
  private final Loops loops;
  private final Events events;
  private final Tallies<WorldTally> tallies;
  private final Map<Loop, List<Player>> players = new HashMap<>();
  private final Speed speed = new Speed();

  /** When it began to be measured: when all had tried to come in. */
  private volatile long measured;

  /**
   * Prepares the players.
   *
   * @throws UnknownHostException if nobody knows the server's name
   */
  public WorldRun(WorldPlan plan) throws UnknownHostException {
    this.plan = plan;
    this.loops = Loops.open(plan.target(), Math.min(plan.loops(), plan.players()));
    this.tallies = new Tallies<>(loops, WorldTally::new);
    this.events = Events.of(plan.players());
    SplittableRandom random = new SplittableRandom(plan.seed());
    for (Loop loop : loops.all()) {
      players.put(loop, new ArrayList<>());
    }
    for (int i = 0; i < plan.players(); i++) {
      Loop loop = loops.of(i);
      players
          .get(loop)
          .add(new Player(i + 1, plan, loop, tallies.of(loop), events, random.split()));
    }
  }

  @Override
  public void start() {
    measured = System.nanoTime();
    speed.begin(measured);
    loops.on(loop -> new Rounds(players.get(loop)).start(loop));
    var unused = events.entrance().done().thenAccept(this::measure);
  }

  /** In the event loop of the last player, so that the others' loops must not be waited for. */
  private void measure(boolean any) {
    measured = System.nanoTime();
    for (Loop loop : loops.all()) {
      loop.events().execute(tallies.of(loop)::measure);
    }
  }

  @Override
  public Entrance entrance() {
    return events.entrance();
  }

  @Override
  public String progress() {
    WorldTally counts = tallies.counts();
    double perSecond = speed.next(System.nanoTime(), counts.in);
    return WorldReport.progress(counts, loops.links(), perSecond);
  }

  @Override
  public Report finish() {
    long nanos = System.nanoTime() - measured;
    WorldTally played = tallies.counts();
    loops.on(loop -> players.get(loop).forEach(Player::stop));
    events.awaitEnd(plan.patience());
    loops.on(loop -> players.get(loop).forEach(Player::leave));
    Connections connections = new Connections(loops.links(), loops.lateness());
    WorldReport.Speeds speeds =
        new WorldReport.Speeds(
            Speed.perSecond(played.measuredIn(), nanos),
            Speed.perSecond(played.measuredOut(), nanos));
    return new WorldReport(plan, speeds, tallies.sum(), connections, events.fault().get()).report();
  }

  @Override
  public void close() {
    loops.close();
  }
}
