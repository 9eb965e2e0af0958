package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ManagedServiceFactory;
import slipway.config.ConfigurationCheck;
import slipway.config.Settings;
import slipway.server.config.text.CfgSyntax;
import slipway.server.config.text.KeyedText;
import slipway.server.config.text.Values;

/**
 * Edits in the three ways at once, at random distances: in Config Admin, in the file, and by a
 * command. Each way has a key of its own, and carries the others' as it finds them.
 */
class EditsAtOnceTest {

  private static final String PID = "slipway.acceptor";
  private static final List<String> NAMES = List.of("a", "b");
  private static final int EDITS = 20;

  /** Two edits within one step of the disk's clock came at the same time, in nanoseconds. */
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);

  /** The keys, one for each way. */
  @interface Keys {
    String admin() default "";

    String file() default "";

    String command() default "";
  }

  private enum Way {
    ADMIN,
    FILE,
    COMMAND;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One edit: what it said, and when it began and ended. */
  private record Made(Way way, String name, Map<String, Object> values, long begun, long ended) {}

  @TempDir Path home;
  private TestFramework framework;
  private Store store;
  private ConfWatcher watcher;
  private final Lock disk = new ReentrantLock();
  private final Map<String, Map<String, Object>> consumed = new ConcurrentHashMap<>();
  private final List<Made> all = new ArrayList<>();
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(home.resolve("cache"), home);
    Journal journal = framework.withJournal(home.resolve("store"));
    ConfFolder folder =
        new ConfFolder(Files.createDirectory(home.resolve("conf"))) {
          @Override
          void force(FileChannel channel) {
            // nobody pulls the plug
          }

          @Override
          boolean move(Path temporary, Path file, String name, String before) throws IOException {
            disk.lock(); // no person's edit falls between the last look and the move
            try {
              return super.move(temporary, file, name, before);
            } finally {
              disk.unlock();
            }
          }
        };
    store =
        new Store(
            folder, home.resolve("kept"), framework.admin(), journal, new CheckArrivals(List::of));
    ConfigurationCheck check =
        new ConfigurationCheck() {
          @Override
          public Class<? extends Annotation> type() {
            return Keys.class;
          }

          @Override
          public void check(String name, Settings settings) {}
        };
    store.addCheck(check, framework.register(check).getReference());
    store.start();
    watcher = new ConfWatcher(folder, store::changed, Clock.systemUTC());
    WriteBack writeBack = new WriteBack(store);
    register(ConfigurationListener.class, writeBack, Map.of());
    register(ManagedServiceFactory.class, new Consumer(), Map.of(Constants.SERVICE_PID, PID));
  }

  private <T> void register(Class<T> type, T service, Map<String, String> properties) {
    Dictionary<String, Object> dictionary = new Hashtable<>(properties);
    registrations.add(framework.context().registerService(type, service, dictionary));
  }

  private final class Consumer implements ManagedServiceFactory {
    @Override
    public String getName() {
      return "consumer";
    }

    @Override
    public void updated(String pid, Dictionary<String, ?> properties) {
      consumed.put(pid, Values.of(properties));
    }

    @Override
    public void deleted(String pid) {
      consumed.remove(pid);
    }
  }

  @AfterEach
  void stop() throws Exception {
    registrations.forEach(ServiceRegistration::unregister);
    framework.close();
  }

  /** More of them are tried with {@code -Dslipway.seeds=100}. */
  static IntStream seeds() {
    return IntStream.rangeClosed(1, Integer.getInteger("slipway.seeds", 6));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theLastEditOfEachWayIsThere(int seed) throws Exception {
    boolean overlapping = seed % 2 == 0;
    Lock turns = new ReentrantLock();
    AtomicBoolean looking = new AtomicBoolean(true);
    CountDownLatch ready = new CountDownLatch(Way.values().length);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      final Future<?> looks =
          threads.submit(
              () -> {
                while (looking.get()) {
                  watcher.look();
                  Thread.yield();
                }
              });
      try {
        List<Future<List<Made>>> ways = new ArrayList<>();
        for (Way way : Way.values()) {
          Random random = new Random(seed * 31L + way.ordinal());
          ways.add(
              threads.submit(
                  () -> {
                    ready.countDown();
                    ready.await();
                    return edits(way, random, overlapping ? new ReentrantLock() : turns);
                  }));
        }
        for (Future<List<Made>> way : ways) {
          all.addAll(way.get(120, TimeUnit.SECONDS));
        }
        framework.await("all say the same: " + seed, () -> isSettled(overlapping));
      } finally {
        looking.set(false);
      }
      looks.get(120, TimeUnit.SECONDS);
    }
    drain();
    assertThat(isSettled(overlapping)).isTrue();
    assertThat(store.refusals()).isEmpty();
  }

  private List<Made> edits(Way way, Random random, Lock turn) throws Exception {
    List<Made> made = new ArrayList<>();
    for (int i = 1; i <= EDITS; i++) {
      String name = NAMES.get(i % NAMES.size());
      turn.lock();
      try {
        made.add(edit(way, name, String.valueOf(i), random.nextBoolean()));
      } finally {
        turn.unlock();
      }
      long pause = random.nextBoolean() ? 0 : random.nextInt(2_000_000);
      for (long end = System.nanoTime() + pause; System.nanoTime() < end; ) {
        Thread.onSpinWait();
      }
    }
    return made;
  }

  private final Map<String, Map<String, Object>> issued = new ConcurrentHashMap<>();

  private Made edit(Way way, String name, String value, boolean replaced) throws Exception {
    if (way == Way.FILE) {
      awaitStep();
    }
    long begun = System.nanoTime();
    Map<String, Object> known = issued.computeIfAbsent(name, key -> new ConcurrentHashMap<>());
    known.put(way.key(), value);
    Map<String, Object> values = new TreeMap<>(known);
    switch (way) {
      case ADMIN -> {
        Configuration configuration = framework.admin().getFactoryConfiguration(PID, name, "?");
        configuration.update(new Hashtable<>(values));
      }
      case FILE -> write(name, values, replaced);
      case COMMAND -> save(name, value);
    }
    return new Made(
        way,
        name,
        way == Way.COMMAND ? Map.of(way.key(), value) : values,
        begun,
        System.nanoTime());
  }

  /** An edit of the file is to be later than those before it by the clock of the disk, too. */
  private void awaitStep() throws IOException {
    Instant now = Instant.now();
    Path probe = home.resolve("probe");
    do {
      Files.writeString(probe, "");
    } while (!FileStamp.of(probe).changed().toInstant().isAfter(now));
  }

  private void write(String name, Map<String, Object> values, boolean replaced) throws IOException {
    StringBuilder text = new StringBuilder();
    values.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    Path file = file(name);
    disk.lock();
    try {
      if (replaced) {
        Path draft = Files.writeString(home.resolve("draft"), text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.writeString(file, text);
      }
    } finally {
      disk.unlock();
    }
  }

  private void save(String name, String value) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        store.save(PID, name, Map.of(Way.COMMAND.key(), value));
        return;
      } catch (IOException busy) { // the file was changed at each try
        assertThat(busy).hasMessageContaining("is being changed by others");
        assertThat(attempt).isLessThan(1000);
      }
    }
  }

  private Path file(String name) {
    return home.resolve("conf").resolve(PID + "-" + name + ".cfg");
  }

  private boolean isSettled(boolean overlapping) throws Exception {
    for (String name : NAMES) {
      String pid = PID + "~" + name;
      Map<String, Object> inAdmin = framework.configuration(pid);
      Map<String, Object> inFile =
          Files.exists(file(name))
              ? KeyedText.parse(new CfgSyntax(), Files.readString(file(name))).values()
              : Map.of();
      Map<String, Object> atConsumer = consumed.getOrDefault(pid, Map.of());
      if (!inAdmin.equals(inFile) || !inAdmin.equals(atConsumer)) {
        return false;
      }
      for (Way way : Way.values()) {
        if (!isLast(way, name, inAdmin.get(way.key()), overlapping)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Whether a value is that of the way's last edit. If ways overlap, another way that was not done
   * when this edit began may have carried an older value along.
   */
  private boolean isLast(Way way, String name, Object value, boolean overlapping) {
    Made last =
        all.stream()
            .filter(made -> made.way() == way && made.name().equals(name))
            .reduce((one, other) -> other)
            .orElseThrow();
    return last.values().get(way.key()).equals(value)
        || overlapping
            && all.stream()
                .anyMatch(
                    made ->
                        made.way() != way
                            && made.name().equals(name)
                            && made.ended() + STEP > last.begun()
                            && value != null
                            && value.equals(made.values().get(way.key())));
  }

  /** Waits until Config Admin has told all of what happened until now. */
  private void drain() throws Exception {
    CountDownLatch told = new CountDownLatch(2);
    register(
        ConfigurationListener.class,
        event -> {
          if (event.getPid().equals("org.other")) {
            told.countDown();
          }
        },
        Map.of());
    Callable<Void> round =
        () -> {
          framework
              .admin()
              .getConfiguration("org.other", "?")
              .update(new Hashtable<>(Map.of("round", told.getCount())));
          return null;
        };
    round.call();
    watcher.look();
    watcher.look();
    round.call();
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
