package slipway.server.core.life;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.ServiceState;
import slipway.server.core.life.Version.Phase;

/**
 * How one version takes over from another, and gives way again if it fails: the users are handed
 * over, and the deployer is told. Belongs to the control thread.
 */
final class Takeover {

  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);
  private static final CompletionStage<Void> NOBODY = CompletableFuture.completedStage(null);

  private final String name;
  private final Surroundings around;
  private final Runnable published;
  private final Supplier<ServiceSettings> settings;
  private final Succession versions;
  private final Debut debut;
  private final Inheritance inheritance;
  private final EntryView view;

  /** The version that was reported as failed without another one; null for none. */
  private Version alone;

  Takeover(
      String name,
      Surroundings around,
      Runnable published,
      Supplier<ServiceSettings> settings,
      Succession versions,
      Debut debut,
      Inheritance inheritance,
      EntryView view) {
    this.name = name;
    this.around = around;
    this.published = published;
    this.settings = settings;
    this.versions = versions;
    this.debut = debut;
    this.inheritance = inheritance;
    this.view = view;
  }

  /**
   * A version has come.
   *
   * @param fresh whether it was deployed just now, so that it is not known whether it serves
   */
  void add(Version added, boolean fresh) {
    versions.add(added);
    if (versions.serving() == added) {
      inheritance.expect();
      tellServes(fresh);
    }
    view.note("");
  }

  /** A version is to go: it drains, and another one serves if there is one. */
  void withdraw(Version leaving) {
    Succession.Turn turn = versions.withdraw(leaving);
    if (turn == Succession.Turn.NONE) {
      return;
    }
    if (versions.serving().is(Phase.ACTIVE)) {
      tellServes(servesAgain());
    } else {
      inheritance.expect();
      tellServes(turn == Succession.Turn.NEWER);
    }
  }

  /** If the one that serves cannot, the one before does; if there is none, that is reported. */
  void lookAtServing() {
    Version serving = versions.serving();
    if (serving == null || !serving.isUnfit() || versions.candidate() != null) {
      alone = null;
    } else if (versions.hasFallBack()) {
      fallBack();
    } else if (!serving.isProven() && alone != serving) {
      alone = serving;
      around.deployments().alone(serving.provider().bundleId(), serving.failure().reason());
    }
    debut.keep(versions.serving());
    if (debut.isOver(versions.serving(), settings.get())) {
      debut.end();
      tellServes(inheritance.settled());
    }
  }

  /**
   * A newer version takes the serving one's place as soon as it runs.
   *
   * @param suspended whether nothing is to be started now
   */
  void lookAtCandidate(boolean suspended) {
    Version candidate = versions.candidate();
    Version serving = versions.serving();
    ServiceState state = settings.get().state();
    if (candidate == null) {
      return;
    }
    if (candidate.isUnfit()) {
      takeOut(versions.giveUp());
    } else if (candidate.is(Phase.ACTIVE)) {
      promote();
    } else if (candidate.is(Phase.STOPPED)) {
      if (serving.is(Phase.STOPPED) && isUntried()) {
        promote();
      } else if (state.admits() && !suspended && (!serving.isOnItsWay() || serving.isUnfit())) {
        candidate.start(state == ServiceState.FIXED, settings.get(), true);
      }
    }
  }

  /** Whether new versions take over as they are, and show what they can when somebody asks. */
  private boolean isUntried() {
    ServiceState state = settings.get().state();
    return !state.admits() || state == ServiceState.LOADED && !settings.get().trial();
  }

  private void promote() {
    Version old = versions.promote();
    Version serving = versions.serving();
    published.run(); // from here on nobody enters the old one
    CompletionStage<Void> moved = NOBODY;
    if (serving.is(Phase.ACTIVE)) {
      LOG.info(
          "{}: {} takes over from {}, bundle {} from bundle {}, with {} users",
          name,
          serving.provider().version(),
          old.provider().version(),
          serving.provider().bundleId(),
          old.provider().bundleId(),
          old.users());
      moved = inheritance.handOver(settings.get());
    }
    tellServes(moved);
  }

  /** The version before serves again; the one that failed is taken out. */
  private void fallBack() {
    Version failed = versions.fallBack();
    versions.serving().failure().clear();
    if (versions.serving().is(Phase.ACTIVE)) {
      servesAgain();
    }
    takeOut(failed);
    tellServes(NOBODY);
  }

  /**
   * The one that serves now was replaced before, or drained; the users of all others come to it.
   */
  private CompletionStage<Void> servesAgain() {
    versions.serving().active().succeededBy(null);
    versions.serving().drain().reopen();
    published.run();
    return inheritance.handOver(settings.get());
  }

  private void takeOut(Version failed) {
    String text =
        "version " + failed.provider().version() + " was taken out: " + failed.failure().reason();
    LOG.error("{}: {}", name, text);
    view.note(text);
    around.deployments().failed(failed.provider().bundleId(), failed.failure().reason());
  }

  /** Tells the deployer which one serves, and that users may be on their way to it. */
  private void tellServes(boolean afterDebut) {
    if (afterDebut) {
      debut.begin(versions.serving());
    } else {
      tellServes(inheritance.settled());
    }
  }

  private void tellServes(CompletionStage<Void> moved) {
    around.deployments().serves(versions.serving().provider().bundleId(), moved);
  }

  /** A version that has stopped is kept until its successor is proven, unless it is of no use. */
  void release(Version retired) {
    Version serving = versions.serving();
    if (retired.is(Phase.STOPPED)
        && (!retired.isEligible() || serving != null && serving.isProven())
        && retired.release()) {
      around.deployments().released(retired.provider().bundleId());
    }
  }
}
