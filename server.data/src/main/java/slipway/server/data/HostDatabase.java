package slipway.server.data;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.data.Database;
import slipway.data.Migrations;
import slipway.data.Schema;
import slipway.meter.Meter;
import slipway.thread.ControlThread;

/**
 * The host's database as bundles see it: which configuration is in force, and which schemas are
 * open. Each configuration is a {@link Link} of its own; schemas go from one to the next.
 */
final class HostDatabase implements Database, Migrations {

  /** A host ends in ten seconds at most. */
  private static final Duration AT_END = Duration.ofSeconds(5);

  /** Whose schemas are those that are asked for outside of a framework. */
  static final long NO_BUNDLE = -1;

  private static final Logger LOG = LoggerFactory.getLogger(HostDatabase.class);

  private final Path home;
  private final Supplier<ScheduledExecutorService> keepers;
  private final InstantSource clock;
  private final DataFiles files = new DataFiles();
  private final TransactionTimes times = new TransactionTimes();
  private final List<HostSchema> schemas = new ArrayList<>();
  private volatile Link link;
  private boolean closed;

  HostDatabase(Path home, Settings configured) throws InvalidConfiguration {
    this(home, configured, HostDatabase::keeper, InstantSource.system());
  }

  HostDatabase(
      Path home,
      Settings configured,
      Supplier<ScheduledExecutorService> keepers,
      InstantSource clock)
      throws InvalidConfiguration {
    this.home = home;
    this.keepers = keepers;
    this.clock = clock;
    DataSettings settings = DataSettings.of(configured, home);
    this.link = new Link(settings, keepers.get(), clock, files, times);
    warnOfOpenFile(settings);
  }

  private static void warnOfOpenFile(DataSettings settings) {
    settings
        .password()
        .openFile()
        .ifPresent(
            file ->
                LOG.warn(
                    "{} holds a password, and others than the host's user may read it: chmod 600"
                        + " {}",
                    file,
                    file));
  }

  /**
   * Its thread is made now, so that it does not take the context of the bundle that needs it first.
   */
  private static ScheduledExecutorService keeper() {
    ScheduledExecutorService keeper = ControlThread.named("slipway-data-keeper");
    keeper.execute(() -> {}); // so that its thread is there
    return keeper;
  }

  static Path home(BundleContext context) {
    String home = context.getProperty("slipway.home");
    return Path.of(home == null ? "" : home).toAbsolutePath();
  }

  /** Takes a configuration into force. What was asked for before ends where it began. */
  synchronized void configure(Settings configured) throws InvalidConfiguration {
    DataSettings settings = DataSettings.of(configured, home);
    Link old = link;
    link = new Link(settings, keepers.get(), clock, files, times);
    warnOfOpenFile(settings);
    schemas.forEach(schema -> schema.use(link.tables(schema.scripts())));
    Duration patience = settings.statementTimeout();
    Thread.ofPlatform().daemon().name("slipway-data-close").start(() -> old.close(patience));
  }

  /** Ends what was asked for, within some seconds; does nothing the second time. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      link.close(AT_END);
    }
  }

  Link link() {
    return link;
  }

  /** What is told of it to monitoring systems. */
  Meter meter() {
    return new DataMeter(() -> link, times);
  }

  @Override
  public synchronized Schema schema(String name, ClassLoader scripts) {
    HostSchema schema = new HostSchema(owner(scripts), Scripts.of(name, scripts), this::forget);
    schema.use(link.tables(schema.scripts()));
    schemas.add(schema);
    return schema;
  }

  private static long owner(ClassLoader scripts) {
    return scripts instanceof BundleReference bundle ? bundle.getBundle().getBundleId() : NO_BUNDLE;
  }

  @Override
  public synchronized CompletionStage<Void> settled(long bundleId) {
    return CompletableFuture.allOf(
        schemas.stream()
            .filter(schema -> schema.isOf(bundleId))
            .map(schema -> schema.tables().settled())
            .toArray(CompletableFuture[]::new));
  }

  private synchronized void forget(HostSchema schema) {
    schemas.remove(schema);
    link.forget(schema.tables());
  }

  @Override
  public String url() {
    return link.url().toString();
  }

  @Override
  public Optional<String> away() {
    return link.away();
  }
}
