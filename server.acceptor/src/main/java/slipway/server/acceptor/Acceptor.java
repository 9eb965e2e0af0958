package slipway.server.acceptor;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.admin.AcceptorStatus;
import slipway.net.Dispatcher;
import slipway.net.Intake;
import slipway.net.Transport;

/**
 * One acceptor: what it is to be (its settings) and what it is (its listener, or the reason why it
 * has none). Belongs to the acceptors' thread.
 *
 * <pre>
 *  unbound ──bind──▶ bound ──another address──▶ bound (the new one first, then the old one goes)
 *     ▲  └─failed─▶ tried again after a pause
 *     └──close─────────┘
 * </pre>
 *
 * <p>What is bound and good is never given up for an attempt: it listens until the new address is
 * there.
 *
 * <p>While a stage is missing nothing is bound; if it was bound before, clients wait in the
 * backlog. No client gets in past a stage that the configuration names.
 */
final class Acceptor {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
  private static final long RETRY_MILLIS = 500;

  private final String name;
  private final Environment environment;
  private final Slots slots = new Slots();
  private final Pauses pauses = new Pauses();
  private volatile Intake intake;
  private AcceptorSettings settings;
  private Listener listener;
  private Hold hold = Hold.NONE;
  private String reason = "";
  private String discoveryReason = "";

  /** The stage that it waits for; empty for none. */
  private String missing = "";

  /** What was done to it, for as long as it has these settings. */
  private String mishap = "";

  private Future<?> retry;

  /**
   * What all acceptors share.
   *
   * @param thread the acceptors' thread
   * @param descriptors what clients may use up
   * @param stages what bundles bring that may stand before services
   * @param changed to be called when an acceptor has changed
   * @param home what relative paths count from; null for the working directory
   */
  record Environment(
      Transport transport,
      Dispatcher dispatcher,
      ScheduledExecutorService thread,
      Descriptors descriptors,
      Stages stages,
      Runnable changed,
      Path home) {}

  Acceptor(String name, Environment environment) {
    this.name = name;
    this.environment = environment;
  }

  void configure(AcceptorSettings changed, Hold held) {
    settings = changed;
    hold = held;
    slots.limit(changed.maxConnections());
    mishap = "";
    apply();
  }

  void hold(Hold held) {
    hold = held;
    apply();
  }

  void close() {
    cancelRetry();
    if (listener != null) {
      listener.close();
      LOG.info("acceptor {} has let {} go", name, listener);
      listener = null;
    }
  }

  /** Stages have come or gone. */
  void stagesChanged() {
    if (!settings.stages().isEmpty()) {
      apply();
    }
  }

  /** Descriptors are there again. */
  void lookAgain() {
    if (listener != null) {
      listener.lookAgain();
    }
  }

  /** Brings what it is to what it is to be, as far as the system allows now. */
  private void apply() {
    if (hold == Hold.WITHDRAWN) {
      close();
      reason = "";
      discoveryReason = "";
      environment.changed().run();
      return;
    }
    cancelRetry();
    lookForStages();
    intake = new AcceptorIntake(name, settings, environment.stages().all(settings.stages()));
    if (listener == null && !missing.isEmpty()) {
      reason = "";
      discoveryReason = "";
      environment.changed().run();
      return;
    }
    if (listener == null || !listener.isBoundAs(settings)) {
      rebind();
    } else if (!listener.backlog(settings.backlog())) {
      LOG.info(
          "acceptor {}: its backlog will be {} when it is bound again; clients that wait are not "
              + "cut off",
          name,
          settings.backlog());
    }
    if (listener != null) {
      listener.accept(settings.accepting() && hold == Hold.NONE && missing.isEmpty());
      applyDiscovery();
    }
    if (!reason.isEmpty() || !discoveryReason.isEmpty()) {
      retry = environment.thread().schedule(this::apply, RETRY_MILLIS, MILLISECONDS);
    }
    environment.changed().run();
  }

  private void lookForStages() {
    String before = missing;
    missing = environment.stages().missing(settings.stages()).orElse("");
    if (!missing.isEmpty() && !missing.equals(before)) {
      LOG.warn("acceptor {} accepts no clients: no bundle brings the stage {}", name, missing);
    } else if (missing.isEmpty() && !before.isEmpty()) {
      LOG.info("acceptor {} has all its stages", name);
    }
  }

  private void rebind() {
    Listener old = listener;
    try {
      Listener bound = bind(settings.address(), old);
      listener = bound;
      bound.whenLost(how -> environment.thread().execute(() -> lost(bound, how)));
      if (old != null && old != bound) {
        old.close();
      }
      LOG.info("acceptor {} listens on {}", name, bound);
      reason = "";
    } catch (IOException failed) {
      String why = settings.address() + " cannot be bound: " + failed.getMessage();
      String told = listener == null ? why : why + "; still listening on " + listener;
      if (!told.equals(reason)) {
        LOG.error("acceptor {}: {}", name, told);
      }
      reason = told;
    }
  }

  /** It was closed from outside. */
  private void lost(Listener closed, String how) {
    if (listener != closed) {
      return;
    }
    LOG.warn("acceptor {}: {}; it is bound again", name, how);
    closed.close();
    listener = null;
    mishap = how + "; it was bound again";
    apply();
  }

  /**
   * Binds the address before the old one is let go, even if the two overlap, as 127.0.0.1:2000 and
   * 0.0.0.0:2000 do, or are one. The listener sees whether two paths are one file.
   */
  private Listener bind(ListenAddress address, Listener old) throws IOException {
    boolean replaces =
        old != null && (address instanceof ListenAddress.Unix || address.overlaps(old.bound()));
    return bindReplacing(replaces ? old : null);
  }

  private Listener bindReplacing(Listener old) throws IOException {
    return Listener.bind(
        settings,
        environment.home(),
        environment.transport(),
        new AcceptGate(name, slots, supply(), pauses),
        old,
        this::admit);
  }

  private Supply supply() {
    return new Supply(environment.descriptors(), environment.transport(), settings.isOperators());
  }

  /** Called in the client's event loop. */
  private void admit(Channel client) {
    environment.dispatcher().dispatch(client, intake);
  }

  private void applyDiscovery() {
    discoveryReason = "";
    if (!settings.discovery()) {
      listener.stopDiscovery();
    } else if (!listener.hasDiscovery()) {
      try {
        listener.startDiscovery(environment.transport());
      } catch (IOException failed) {
        discoveryReason = "discovery cannot be bound: " + failed.getMessage();
      }
    }
  }

  private void cancelRetry() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
  }

  AcceptorSettings settings() {
    return settings;
  }

  /** How often it has let clients wait; may be read in any thread. */
  Pauses pauses() {
    return pauses;
  }

  AcceptorStatus status() {
    ListenAddress address = listener == null ? settings.address() : listener.address();
    return new AcceptorStatus(
        address.host(),
        listener == null ? address.port() : listener.port(),
        settings.state(),
        name,
        settings.service(),
        slots.taken(),
        address instanceof ListenAddress.Tcp
            ? environment.transport().tcp().name() + "/tcp"
            : environment.transport().unix().name() + "/unix",
        listener != null,
        settings.audience(),
        why());
  }

  /** Why it does not do what its settings say; empty if it does. */
  private String why() {
    if (!reason.isEmpty()) {
      return reason;
    }
    if (!missing.isEmpty()) {
      return "accepts no clients: no bundle brings the stage " + missing;
    }
    if (!discoveryReason.isEmpty()) {
      return discoveryReason;
    }
    boolean poor = hold == Hold.NONE && settings.accepting() && supply().isShort();
    if (poor) {
      return "accepts no clients while file descriptors are short";
    }
    return hold.reason.isEmpty() ? mishap : hold.reason;
  }
}
