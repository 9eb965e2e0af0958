package slipway.services.chat.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import slipway.account.AccountListener;
import slipway.service.Delimiter;
import slipway.service.Service;
import slipway.services.chat.ChatService;
import slipway.services.chat.Leaks;
import slipway.testkit.HandOffs;
import slipway.testkit.MemoryAccounts;
import slipway.testkit.MemoryDatabase;
import slipway.testkit.OwnClasses;
import slipway.testkit.TestConnection;
import slipway.testkit.TestHost;

/**
 * A conversation with the chat is handed over at every byte, and at every step of what is done in
 * the accounts' and the chat's threads and in the database, between versions that have nothing in
 * common but what the host has. Somebody whose connection stays with the first version hears
 * everything once, and answers.
 */
@ExtendWith(Leaks.class)
class EveryByteTest {

  /** What a hand-off alone makes a user hear. */
  private static final Pattern UPGRADED =
      Pattern.compile("\\* the chat was upgraded to \\d\\.0\\.0(\r\n|\0)");

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final MemoryDatabase database = new MemoryDatabase(tasks::add);
  private World world;

  @AfterEach
  void end() throws SQLException {
    if (world != null) {
      world.bob.end();
    }
    database.close();
  }

  // ---- versions --------------------------------------------------------------------------------

  /** What versions share: tables, accounts, and the framework by which they find each other. */
  private static final class World {
    private final Queue<Runnable> tasks;
    private final MemoryAccounts accounts;
    private final List<Function<Map<String, Object>, Object>> halls = new ArrayList<>();
    private final List<Service> versions = new ArrayList<>();
    private final Bob bob;

    private World(Queue<Runnable> tasks, MemoryDatabase database) throws Exception {
      this.tasks = tasks;
      this.accounts = new MemoryAccounts(tasks::add, () -> Instant.EPOCH);
      for (int number = 0; number < 3; number++) {
        versions.add(
            OwnClasses.make(
                ChatService.class,
                framework(),
                database,
                accounts,
                Map.of("message.burst", 1000),
                new Thread(tasks),
                Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC),
                (LongSupplier) () -> 0));
        call(versions.getLast(), "activate");
        accounts.add(
            throughTheFramework(AccountListener.class, (AccountListener) versions.getLast()));
      }
      for (int one = 0; one < versions.size(); one++) {
        for (int other = 0; other < halls.size(); other++) {
          if (other != one) {
            call(
                versions.get(one),
                "addPeer",
                throughTheFramework(Function.class, halls.get(other)));
          }
        }
      }
      bob = new Bob(versions.getFirst());
      finish();
      bob.says("bob secret of bob", "/join tea");
      finish();
    }

    /** As Declarative Services does. */
    private static void call(Service version, String name, Function<?, ?>... peers)
        throws ReflectiveOperationException {
      Class<?>[] types = new Class<?>[peers.length];
      Arrays.fill(types, Function.class);
      Method method = version.getClass().getDeclaredMethod(name, types);
      method.setAccessible(true);
      method.invoke(version, (Object[]) peers);
    }

    private void finish() {
      while (step()) {
        bob.run();
      }
    }

    /** Does the next thing; false if there is none. */
    private boolean step() {
      Runnable next = tasks.poll();
      if (next != null) {
        next.run();
      }
      return bob.answers() || next != null;
    }

    @SuppressWarnings("unchecked")
    private BundleContext framework() {
      return like(
          BundleContext.class,
          (method, arguments) -> {
            if (arguments[1] instanceof Function<?, ?> hall) {
              halls.add((Function<Map<String, Object>, Object>) hall);
            }
            return like(ServiceRegistration.class, (none, nothing) -> null);
          });
    }

    /** As what a version has of others, which the framework takes away from it when they stop. */
    private static <T> T throughTheFramework(Class<T> type, T service) {
      WeakReference<T> reference = new WeakReference<>(service);
      return like(type, (method, arguments) -> method.invoke(reference.get(), arguments));
    }

    private interface Answer {
      Object to(Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T like(Class<T> type, Answer answer) {
      InvocationHandler handler = (proxy, method, arguments) -> answer.to(method, arguments);
      return type.cast(
          Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
  }

  /** A version's thread, whose tasks are done when the test does them; no time passes. */
  private static final class Thread extends ScheduledThreadPoolExecutor {
    private final Queue<Runnable> tasks;

    private Thread(Queue<Runnable> tasks) {
      super(0);
      this.tasks = tasks;
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable task, long first, long delay, TimeUnit unit) {
      return null;
    }
  }

  private List<Service> versions() throws Exception {
    if (world != null) {
      world.bob.end();
    }
    tasks.clear();
    database.schema("chat", ChatService.class.getClassLoader()).close(); // makes the tables
    database.execute("DELETE FROM chat_message");
    database.execute("DELETE FROM chat_ignore");
    database.execute("UPDATE chat_sequence SET last_message = 0");
    world = new World(tasks, database);
    return world.versions;
  }

  // ---- the one who stays -----------------------------------------------------------------------

  /** Is in the room, and says what he has heard. */
  private static final class Bob {
    private static final Pattern TO_HIM = Pattern.compile("(\\S+) \\(to you\\): (.*)");
    private static final Pattern TO_ALL = Pattern.compile("[^*: ]+: (.*)");

    private final TestHost host;
    private final TestConnection client;
    private final StringBuilder heard = new StringBuilder();
    private int looked;

    private Bob(Service service) {
      host = new TestHost("chat", service);
      client = host.connect(Delimiter.LF);
    }

    private void says(String... lines) {
      for (String line : lines) {
        client.send((line + "\n").getBytes(UTF_8));
      }
    }

    private void run() {
      heard.append(new String(client.receivedBytes(), UTF_8));
    }

    /** Answers what has come since; false if there was nothing to answer. */
    private boolean answers() {
      run();
      boolean any = false;
      for (int end = heard.indexOf("\n", looked); end >= 0; end = heard.indexOf("\n", looked)) {
        String line = heard.substring(looked, end);
        looked = end + 1;
        Matcher toHim = TO_HIM.matcher(line);
        Matcher toAll = TO_ALL.matcher(line);
        String answer =
            toHim.matches()
                ? "/msg " + toHim.group(1) + " heard " + toHim.group(2)
                : toAll.matches()
                    ? "heard " + toAll.group(1)
                    : line.equals("* ann has come in") ? "hello ann" : "";
        if (!answer.isEmpty()) {
          says(answer);
          any = true;
        }
      }
      return any;
    }

    private void end() {
      client.close();
    }
  }

  // ---- the one who moves -----------------------------------------------------------------------

  private HandOffs ann() {
    return new HandOffs(this::versions)
        .elsewhere(() -> world.step())
        .hearing(
            text -> {
              world.finish();
              return UPGRADED.matcher(text).replaceAll("") + "\nbob hears:\n" + world.bob.heard;
            });
  }

  @Test
  void atEveryByteOfATerminalsConversationNobodyNoticesAnything() throws Exception {
    String heard =
        ann()
            .saying("\377\375\3\377\373\37") // DO SUPPRESS-GO-AHEAD, WILL NAWS
            .saying("ann\r\n")
            .saying("\377\375\1") // DO ECHO, as the password is hidden
            .saying("secret of ann\r\n")
            .saying("\377\376\1") // DONT ECHO, as it is no more
            .saying("/join tea\r\n")
            .saying("\377\372\37\0\120\0\30\377\360h\377\366i \377\377\r\0") // NAWS, AYT, 255
            .saying("/who\n/msg bob psst\r")
            .saying("\n/ignore carl\r\n")
            .saying("/nick zed\r\n")
            .saying("\377\375\6") // DO TIMING-MARK
            .saying("/away now\r\n")
            .saying("/me waves\r\n")
            .saying("/history 3\r\n")
            .saying("/quit\r\nlost\r\n")
            .atEveryByte();
    assertThat(heard)
        .containsSubsequence(
            "Password: \377\373\1",
            "\377\374\1\r\n",
            "* Welcome, ann. You are registered.",
            "* in lobby: ann\r\n",
            "* in tea: ann, bob\r\n",
            "bob: hello ann\r\n",
            "* yes\r\n",
            "bob: heard hi \357\277\275\r\n",
            "* in tea: ann, bob\r\n",
            "you (to bob): psst\r\n",
            "bob (to you): heard psst\r\n",
            "\377\373\6",
            "** ~zed waves\r\n",
            "* goodbye\r\n",
            "\nbob hears:\n",
            "* ann has come in\n",
            "ann: hi \ufffd\n",
            "ann (to you): psst\n",
            "* ann is known as ~zed now\n",
            "** ~zed waves\n",
            "* ~zed has left\n");
    assertThat(heard).containsOnlyOnce("* ann has come in").containsOnlyOnce("has left");
  }

  @Test
  void atEveryByteOfWhatAProgramSaysNobodyNoticesAnything() throws Exception {
    String heard =
        ann()
            .saying("ann secret of ann\0")
            .saying("/join tea\0")
            .saying("\303\251\0")
            .saying("/password\0")
            .saying("secret of ann\0")
            .saying("another secret\0")
            .saying("/msg bob psst\0")
            .atEveryByte();
    assertThat(heard)
        .containsSubsequence(
            "bob: heard \303\251\0",
            "New password: \0",
            "* your password is changed\0",
            "bob (to you): heard psst\0");
  }
}
