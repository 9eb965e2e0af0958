package slipway.server.core.life;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.server.core.life.Version.Phase;
import slipway.service.Successor;

/**
 * What others see of a service: connections its version, operators a row for each version that
 * matters, and the deployer what it waits for. Belongs to the control thread.
 */
final class EntryView {

  private static final Logger LOG = LoggerFactory.getLogger(EntryView.class);

  private final String name;
  private final Supplier<ServiceSettings> settings;
  private final Succession versions;
  private final Suspension suspension;
  private final Quota quota;
  private String note = "";

  EntryView(
      String name,
      Supplier<ServiceSettings> settings,
      Succession versions,
      Suspension suspension,
      Quota quota) {
    this.name = name;
    this.settings = settings;
    this.versions = versions;
    this.suspension = suspension;
    this.quota = quota;
  }

  /** Says what operators ought to know of the version that serves; empty for nothing. */
  void note(String text) {
    note = text;
  }

  private ServiceState state() {
    return settings.get().state();
  }

  /** For connections. */
  Admission admission() {
    Version serving = versions.serving();
    return new Admission(
        state(),
        serving != null && serving.is(Phase.ACTIVE) ? serving.active() : null,
        serving != null,
        quota);
  }

  // ---- for operators -------------------------------------------------------------------------

  /** The one that serves first, then the others that have users or are on their way. */
  List<ServiceStatus> statuses() {
    Version serving = versions.serving();
    List<ServiceStatus> statuses =
        Stream.concat(
                Stream.ofNullable(serving),
                versions.all().stream().filter(some -> some != serving && !some.is(Phase.STOPPED)))
            .map(this::status)
            .toList();
    return statuses.isEmpty()
        ? List.of(new ServiceStatus(name, 0, state(), "", -1, "", "no bundle provides it"))
        : statuses;
  }

  private ServiceStatus status(Version version) {
    Provider provider = version.provider();
    return new ServiceStatus(
        name,
        version.users(),
        state(),
        provider.version(),
        provider.bundleId(),
        bundleState(version),
        version.failure().isSet() ? version.failure().reason() : remark(version));
  }

  /** A bundle can be ACTIVE already, or still, while its service is not there. */
  private static String bundleState(Version version) {
    return version.isOnItsWay() ? version.phase().name() : version.provider().bundleState();
  }

  private String remark(Version version) {
    if (suspension.isUnderWay()) {
      return "drains: a library that it uses is replaced";
    }
    String awaited = version.is(Phase.STARTING) ? version.provider().awaited() : "";
    if (!awaited.isEmpty()) {
      return awaited;
    }
    if (version == versions.serving()) {
      return note.isEmpty() ? quota.remark() : note;
    }
    return version == versions.candidate() ? "on its way to take over" : "replaced; drains";
  }

  /** Whether the one that serves is being started, and has not failed to be. */
  boolean isStarting() {
    Version serving = versions.serving();
    return serving != null && serving.is(Phase.STARTING) && !serving.failure().isSet();
  }

  // ---- for those who deploy ------------------------------------------------------------------

  /**
   * What a version waits for before it serves the users of all versions; empty if nothing of this
   * service keeps it.
   */
  Optional<Awaited> awaited(long bundleId) {
    Version asked = versions.find(some -> some.provider().bundleId() == bundleId);
    Version serving = versions.serving();
    if (suspension.isUnderWay()) {
      return suspended();
    } else if (asked == null) {
      return Optional.empty();
    } else if (asked == serving) {
      return asked.awaited().or(this::handedOver);
    } else if (asked != versions.candidate()) {
      return Optional.empty();
    } else if (state().admits() || !serving.is(Phase.ACTIVE)) {
      return asked.awaited().or(serving::awaited);
    }
    return locked();
  }

  /** What a version has taken over from others beside their users; empty for nothing. */
  String tookOver(long bundleId) {
    Version asked = versions.find(some -> some.provider().bundleId() == bundleId);
    return asked == null || asked.active() == null ? "" : asked.active().tookOver();
  }

  /** What the version that serves runs beside its users; empty for nothing. */
  String runs() {
    Version serving = versions.serving();
    ActiveVersion active = serving == null ? null : serving.active();
    try {
      return active != null && active.service() instanceof Successor successor
          ? StageWait.line(successor.runs())
          : "";
    } catch (Throwable thrown) { // whatever a service throws, a plan can be made
      LOG.warn("{}: it does not tell what it runs", name, thrown);
      return "";
    }
  }

  private Optional<Awaited> handedOver() {
    return versions.isAlone()
        ? Optional.empty()
        : Optional.of(
            Awaited.within(
                "connections of " + name + " to be handed over",
                "handoff.timeout",
                settings.get().handOffTimeout()));
  }

  /** A newer version takes over when the one that serves has stopped, as the state wants it. */
  private Optional<Awaited> locked() {
    Duration stop = settings.get().stopTimeout();
    return Optional.of(
        state() == ServiceState.LOCKED
            ? Awaited.within("connections of " + name + " to end", "stop.timeout", stop).and(stop)
            : new Awaited(
                    "connections of " + name + " to end, as it is " + state(),
                    settings.get().drainBound())
                .and(stop));
  }

  /** What it waits for while something below its bundles is replaced; empty if nothing is. */
  Optional<Awaited> suspended() {
    return suspension.isUnderWay()
        ? Optional.of(
            Awaited.within(
                    "connections of " + name + " to end",
                    "drain.timeout",
                    settings.get().drainBound())
                .and(settings.get().startTimeout())
                .and(settings.get().stopTimeout().multipliedBy(2)))
        : Optional.empty();
  }
}
