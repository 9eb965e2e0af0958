package slipway.services.chat.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import slipway.account.AccountListener;
import slipway.data.Database;
import slipway.data.Schema;
import slipway.service.Connection;
import slipway.service.Delimiter;
import slipway.service.GoingAway;
import slipway.service.Lease;
import slipway.service.Service;
import slipway.services.chat.ChatService;
import slipway.services.chat.Leaks;
import slipway.services.chat.store.TestSchema;
import slipway.testkit.HandOffs;
import slipway.testkit.OwnClasses;

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

  private final JdbcConnectionPool database =
      JdbcConnectionPool.create("jdbc:h2:mem:every-byte;MODE=MariaDB;DB_CLOSE_DELAY=-1", "", "");

  private World world;

  EveryByteTest() throws SQLException {
    TestSchema.migrate(database);
  }

  @AfterEach
  void end() throws SQLException {
    if (world != null) {
      world.bob.end();
    }
    execute("SHUTDOWN");
    database.dispose();
  }

  private void execute(String... statements) throws SQLException {
    try (java.sql.Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  // ---- versions --------------------------------------------------------------------------------

  /** What versions share: tables, accounts, and the framework by which they find each other. */
  private static final class World {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final FakeAccounts accounts = new FakeAccounts(tasks::add);
    private final List<Function<Map<String, Object>, Object>> halls = new ArrayList<>();
    private final List<Service> versions = new ArrayList<>();
    private final Bob bob;

    private World(JdbcConnectionPool source) throws Exception {
      Schema schema = new TestSchema(source, tasks::add);
      Database database = like(Database.class, (method, arguments) -> schema);
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
    execute(
        "DELETE FROM chat_message",
        "DELETE FROM chat_ignore",
        "UPDATE chat_sequence SET last_message = 0");
    world = new World(database);
    return world.versions;
  }

  // ---- the one who stays -----------------------------------------------------------------------

  /** Is in the room, and says what he has heard. */
  private static final class Bob implements Connection {
    private static final Pattern TO_HIM = Pattern.compile("(\\S+) \\(to you\\): (.*)");
    private static final Pattern TO_ALL = Pattern.compile("[^*: ]+: (.*)");

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final StringBuilder heard = new StringBuilder();
    private int looked;

    private Bob(Service service) throws Exception {
      channel.freezeTime();
      service.attach(this);
      channel.pipeline().fireChannelActive();
    }

    private void says(String... lines) {
      for (String line : lines) {
        channel.writeInbound(Unpooled.copiedBuffer(line + "\n", UTF_8));
      }
    }

    private void run() {
      channel.runPendingTasks();
      for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
        heard.append(next.toString(UTF_8));
        next.release();
      }
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
      channel.finishAndReleaseAll();
    }

    @Override
    public long id() {
      return 1000;
    }

    @Override
    public String service() {
      return "chat";
    }

    @Override
    public String version() {
      return "1.0.0";
    }

    @Override
    public String acceptor() {
      return "main";
    }

    @Override
    public SocketAddress remoteAddress() {
      return channel.remoteAddress();
    }

    @Override
    public Instant since() {
      return Instant.EPOCH;
    }

    @Override
    public Optional<Delimiter> delimiter() {
      return Optional.of(Delimiter.LF);
    }

    @Override
    public Channel channel() {
      return channel;
    }

    @Override
    public void idleTimeout(Duration timeout) {}

    @Override
    public void finish() {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public Optional<GoingAway> goingAway() {
      return Optional.empty();
    }

    @Override
    public Lease retain() {
      return () -> {};
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
