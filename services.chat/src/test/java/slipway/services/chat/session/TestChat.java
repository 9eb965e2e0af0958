package slipway.services.chat.session;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.data.Schema;
import slipway.services.chat.door.Doors;
import slipway.services.chat.door.Strangers;
import slipway.services.chat.hall.AccountChanges;
import slipway.services.chat.hall.Hall;
import slipway.services.chat.hall.Peers;
import slipway.services.chat.hall.RollCall;
import slipway.services.chat.hall.RoomNames;
import slipway.services.chat.store.Archive;
import slipway.services.chat.store.Delivery;
import slipway.services.chat.store.Journal;
import slipway.services.chat.store.Message;
import slipway.services.chat.text.RoomName;
import slipway.testkit.ManualClock;
import slipway.testkit.ManualExecutor;
import slipway.testkit.MemoryAccounts;
import slipway.testkit.MemoryDatabase;
import slipway.testkit.TestDatabase;

/**
 * A version of the chat in which everything happens in the test's thread, at once or when the test
 * says so.
 */
final class TestChat {

  final MemoryAccounts accounts;
  final ManualExecutor accountCalls;
  final TestDatabase database;
  final Hall hall;
  final Chat chat;
  final RollCall rollCall;
  final String version;
  private final MemoryDatabase tables;
  private final ManualExecutor work = new ManualExecutor();
  private final Peers peers = new Peers();
  private final List<TestUser> users;
  private RuntimeException broken;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-02T03:04:05Z"));
  private long nanos;

  ChatSettings settings =
      new ChatSettings(
          RoomName.of("lobby"),
          true,
          Duration.ofSeconds(60),
          3,
          20,
          200,
          100,
          Duration.ZERO,
          100,
          5,
          2048,
          5,
          2,
          98_304,
          Duration.ZERO,
          50,
          Duration.ofDays(365),
          0,
          false);

  /** As with {@code topic.operators = true}. */
  void operatorsSetTopics() {
    set(settings.slowLimit(), true);
  }

  /** As with {@code slow.limit}. */
  void slowLimit(int bytes) {
    set(bytes, settings.topicOperators());
  }

  private void set(int slowLimit, boolean topicOperators) {
    settings =
        new ChatSettings(
            settings.room(),
            settings.registration(),
            settings.loginTimeout(),
            settings.loginTries(),
            settings.addressTries(),
            settings.addressLogIns(),
            settings.nameTries(),
            settings.newMute(),
            settings.addressConnections(),
            settings.userConnections(),
            settings.messageLength(),
            settings.messageBurst(),
            settings.messageRate(),
            slowLimit,
            settings.idleTimeout(),
            settings.historyShown(),
            settings.historyAge(),
            settings.historyCount(),
            topicOperators);
  }

  /** The only version, on an empty database. */
  TestChat() {
    this(new MemoryDatabase(), new ManualExecutor());
  }

  /** Users are registered at the epoch. */
  private TestChat(MemoryDatabase tables, ManualExecutor accountCalls) {
    this(
        tables,
        new MemoryAccounts(accountCalls, () -> Instant.EPOCH),
        accountCalls,
        new ArrayList<>(),
        "1.0.0");
  }

  private TestChat(
      MemoryDatabase tables,
      MemoryAccounts accounts,
      ManualExecutor accountCalls,
      List<TestUser> users,
      String version) {
    this.tables = tables;
    this.accounts = accounts;
    this.accountCalls = accountCalls;
    this.users = users;
    this.version = version;
    database = tables.beside(work);
    Schema schema = database.schema("chat", Chat.class.getClassLoader());
    Journal journal = new Journal(schema, this::executeJournal, clock, delivery());
    hall =
        new Hall(peers, () -> nanos, () -> settings.slowLimit(), journal::delivered, journal::look);
    Archive archive = new Archive(schema, clock);
    chat =
        new Chat(
            () -> settings,
            accounts,
            hall,
            journal,
            archive,
            new Doors(() -> nanos),
            new Strangers(() -> nanos),
            new RoomNames(accounts, archive, hall),
            clock);
    rollCall = new RollCall(accounts, hall.users(), clock);
    accounts.add(new AccountChanges(hall.users(), clock));
  }

  /** Another version beside this one, with the same database and accounts. */
  TestChat next() {
    TestChat next =
        new TestChat(
            tables,
            accounts,
            accountCalls,
            users,
            Integer.parseInt(version.substring(0, 1)) + 1 + ".0.0");
    next.settings = settings;
    peers.add(next.hall.peer());
    next.peers.add(hall.peer());
    return next;
  }

  private Delivery delivery() {
    return new Delivery() {
      @Override
      public void deliver(List<Message> messages) {
        hall.deliver(messages);
      }

      @Override
      public void leftOut(long count, long before) {
        hall.leftOut(count, before);
      }

      @Override
      public void restart(long last) {
        hall.restart(last);
        rollCall.begin();
      }
    };
  }

  /** From now on the journal takes nothing, as at its end; null if it does again. */
  void breaks(RuntimeException why) {
    broken = why;
  }

  private void executeJournal(Runnable work) {
    if (broken != null) {
      throw broken;
    }
    work.run();
  }

  /** The database answers nothing until {@link #answer}. */
  void hold() {
    work.hold();
  }

  /** It answers what it was asked since, and what comes of that. */
  void answer() {
    work.release();
    settle();
  }

  /** The account of a name, which there is. */
  Account account(String name) {
    return accounts.find(AccountName.of(name)).toCompletableFuture().join().orElseThrow();
  }

  /** Somebody connects who ends lines with a line feed. */
  TestUser connect() {
    return connect("192.0.2." + (users.size() + 1));
  }

  TestUser connect(String address) {
    TestUser user = new TestUser(this, users.size() + 1, address);
    users.add(user);
    settle();
    return user;
  }

  /** Somebody who is in, with nothing shown that is not read yet. */
  TestUser enter(String name) {
    TestUser user = connect();
    user.type(name + " secret of " + name + "\n");
    users.forEach(TestUser::shown);
    return user;
  }

  /** Runs what waits in the event loops until nothing does. */
  void settle() {
    for (int round = 0; round < 20; round++) {
      users.forEach(TestUser::run);
    }
  }

  void pass(Duration time) {
    nanos += time.toNanos();
    clock.advance(time);
    users.forEach(user -> user.pass(time));
    settle();
  }

  void execute(String sql) throws SQLException {
    tables.execute(sql);
  }

  List<String> column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = tables.connect();
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  void end() {
    users.forEach(TestUser::hangsUp);
    users.forEach(TestUser::end);
    try {
      tables.close();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
