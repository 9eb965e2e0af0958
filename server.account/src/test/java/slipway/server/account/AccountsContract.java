package slipway.server.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceReference;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountListener;
import slipway.account.AccountName;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.LogIn;
import slipway.account.Look;
import slipway.account.Network;
import slipway.account.Origin;
import slipway.account.Role;
import slipway.data.DatabaseAway;
import slipway.data.Schema;
import slipway.server.account.password.BouncyArgon2;
import slipway.server.account.password.HashCost;
import slipway.server.account.password.PasswordHash;
import slipway.testkit.TestDatabase;

/** What accounts do on every database. */
@Timeout(60)
abstract class AccountsContract {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final AccountName ANN = AccountName.of("Ann");
  private static final String SECRET = "correct horse";

  private final List<HostAccounts> opened = new ArrayList<>();
  private final FakeRegistry registry = new FakeRegistry();
  private final CountingArgon2 argon2 = new CountingArgon2();
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
  private volatile Instant now = NOW;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private DataSource source;
  private TestDatabase database;
  private Schema schema;
  private HostAccounts accounts;

  /** A database without the accounts' table. */
  abstract DataSource emptyDatabase() throws Exception;

  @BeforeEach
  void open() throws Exception {
    source = emptyDatabase();
    database = new TestDatabase(source, threads);
    schema = schema();
    accounts = open(schema);
  }

  private Schema schema() {
    return database.schema("account", HostAccounts.class.getClassLoader());
  }

  private HostAccounts open(Schema of) {
    HostAccounts made =
        new HostAccounts(
            registry.context(), of, () -> argon2, clock(), log(), properties(Map.of()));
    opened.add(made);
    return made;
  }

  private AccessLog log() {
    return new AccessLog(
        line -> logged.add("INFO " + line), line -> logged.add("WARN " + line), clock());
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static Map<String, Object> properties(Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(Map.of("hash.memory", "1", "hash.iterations", "1"));
    all.putAll(more);
    return all;
  }

  @AfterEach
  void close() {
    opened.forEach(HostAccounts::deactivate);
    threads.shutdown();
  }

  @Test
  void anUnknownNameIsRegisteredWithItsPassword() throws Exception {
    assertThat(logIn("Ann", SECRET, true)).isEqualTo(new LogIn.Entered(find("ann"), true));
    Account ann = find("ANN");
    assertThat(ann.name()).hasToString("Ann");
    assertThat(ann.role()).isEqualTo(Role.USER);
    assertThat(ann.created()).isEqualTo(NOW);
    assertThat(ann.seen()).contains(NOW);
    assertThat(ann.ban()).isEmpty();

    now = NOW.plusSeconds(5);
    assertThat(logIn("Ann", SECRET, true)).isEqualTo(new LogIn.Entered(find("ann"), false));
    assertThat(find("ann").created()).isEqualTo(NOW);
    assertThat(find("ann").seen()).contains(now);
  }

  @Test
  void anUnknownNameIsNotRegisteredUnlessAsked() throws Exception {
    assertThat(logIn("Ann", SECRET, false)).isEqualTo(new LogIn.Unknown());
    assertThat(list()).isEmpty();
  }

  @Test
  void anotherPasswordIsWrong() throws Exception {
    logIn("Ann", SECRET, true);
    assertThat(logIn("Ann", "incorrect horse", true)).isEqualTo(new LogIn.WrongPassword());
    assertThat(logIn("Ann", "x", false)).isEqualTo(new LogIn.WrongPassword());
    assertThat(find("Ann").seen()).contains(NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "Ann, aNN",
    "Straße, STRASSE",
    "Åsa, A\u030asa",
    "ﬁsch, FISCH",
    "Ａｎｎ, ann",
    "ОЛЬГА, ольга",
    "\ud83a\udd00\ud83a\udd01, \ud83a\udd22\ud83a\udd23" // Adlam
  })
  void namesThatLookAlikeAreOneAccount(String one, String other) throws Exception {
    logIn(one, SECRET, true);
    assertThat(logIn(other, SECRET, true)).isEqualTo(new LogIn.Entered(find(one), false));
    assertThat(logIn(other, "another one", true)).isEqualTo(new LogIn.WrongPassword());
    assertThat(list()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"resume, resumé", "ss, ß1", "ab, \u0431", "𠀀, 𠀁", "e-e, e_e"})
  void namesThatDifferInALetterAreTwoAccounts(String one, String other) throws Exception {
    logIn(one, SECRET, true);
    assertThat(logIn(other, "another one", true)).isInstanceOf(LogIn.Entered.class);
    assertThat(list()).extracting(account -> account.name().toString()).contains(one, other);
  }

  @Test
  void aNameOfThirtyTwoSupplementaryLettersIsKeptWhole() throws Exception {
    String name = "𠀀".repeat(AccountName.LONGEST);
    logIn(name, SECRET, true);
    assertThat(find(name).name()).hasToString(name);
  }

  @Test
  void ofManyThatRegisterOneNameOneGetsItAndTheOthersAreCompared() throws Exception {
    HostAccounts neighbour = open(schema());
    List<CompletionStage<LogIn>> attempts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      HostAccounts host = i % 2 == 0 ? accounts : neighbour;
      attempts.add(host.logIn(ANN, bytes(i % 3 == 0 ? SECRET : "password " + i), true));
    }
    List<LogIn> outcomes = new ArrayList<>();
    for (CompletionStage<LogIn> attempt : attempts) {
      outcomes.add(get(attempt));
    }
    assertThat(list()).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> outcome instanceof LogIn.Entered entered && entered.registered())
        .hasSize(1);
    long id = find("Ann").id();
    assertThat(outcomes)
        .allMatch(
            outcome ->
                outcome instanceof LogIn.Entered entered
                    ? entered.account().id() == id
                    : outcome.equals(new LogIn.WrongPassword()));
    for (int i = 0; i < 12; i++) {
      LogIn again = logIn("Ann", i % 3 == 0 ? SECRET : "password " + i, false);
      assertThat(again instanceof LogIn.Entered)
          .isEqualTo(outcomes.get(i) instanceof LogIn.Entered);
    }
  }

  @Test
  void aBannedUserIsKeptOutUntilTheBanEnds() throws Exception {
    logIn("Ann", SECRET, true);
    Ban ban = new Ban(NOW.plusSeconds(60), "spam 🙂 und Ärger", "Олег");
    assertThat(get(accounts.ban(ANN, ban)).ban()).contains(ban);
    assertThat(logIn("ann", SECRET, true)).isEqualTo(new LogIn.Banned(ban));
    assertThat(logIn("ann", "guess that", true)).isEqualTo(new LogIn.WrongPassword());
    now = NOW.plusSeconds(60);
    assertThat(logIn("ann", SECRET, true)).isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void anotherBanReplacesTheOneBeforeAndUnbanEndsIt() throws Exception {
    logIn("Ann", SECRET, true);
    get(accounts.ban(ANN, new Ban(NOW.plusSeconds(60), "spam", "console")));
    Ban ban = new Ban(NOW.plus(Duration.ofDays(3)), "", "bob");
    get(accounts.ban(ANN, ban));
    assertThat(logIn("ann", SECRET, false)).isEqualTo(new LogIn.Banned(ban));
    assertThat(get(accounts.unban(ANN)).ban()).isEmpty();
    assertThat(logIn("ann", SECRET, false)).isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void aBanForeverEndsWithTheYear9999() throws Exception {
    logIn("Ann", SECRET, true);
    Account banned = get(accounts.ban(ANN, new Ban(Instant.MAX, "", "console")));
    assertThat(banned.ban().orElseThrow().until()).hasToString("9999-12-31T23:59:59.999Z");
    assertThat(get(accounts.ban(ANN, new Ban(Instant.MIN, "", "console"))).banAt(NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "a\u2028b", "\u0007", "a\tb", "\u001b[1m", "\u0085"})
  void aReasonWithControlCharactersIsRefused(String reason) throws Exception {
    logIn("Ann", SECRET, true);
    String message =
        "a ban's reason has control characters or ends of lines; allowed is one line without"
            + " control characters, of at most 200 characters";
    assertRefused(accounts.ban(ANN, new Ban(NOW, reason, "console")), message);
    assertRefused(
        accounts.ban(Network.parse("192.0.2.7"), new Ban(NOW, reason, "console")), message);
  }

  @Test
  void aReasonThatNobodyCanReadIsKeptWithoutIt() throws Exception {
    logIn("Ann", SECRET, true);
    Ban ban = new Ban(NOW.plusSeconds(60), "\u202espam\u2066\u200b\ue000", "console");
    Ban kept = new Ban(ban.until(), "spam", "console");
    assertThat(get(accounts.ban(ANN, ban)).ban()).contains(kept);
    assertThat(get(accounts.ban(Network.parse("192.0.2.7"), ban)).ban()).isEqualTo(kept);
    assertThat(get(accounts.addressBans())).extracting(AddressBan::ban).containsExactly(kept);
    Ban blank = new Ban(ban.until(), "\u3164\u2800", "console");
    assertThat(get(accounts.ban(ANN, blank)).ban().orElseThrow().reason()).isEmpty();
  }

  @Test
  void aReasonHas200CharactersAtMost() throws Exception {
    logIn("Ann", SECRET, true);
    assertRefused(
        accounts.ban(ANN, new Ban(NOW, "x".repeat(201), "console")),
        "a ban's reason has 201 characters; allowed is one line without control characters, of at"
            + " most 200 characters");
    assertThat(get(accounts.ban(ANN, new Ban(NOW, "𠀀".repeat(200), "c"))).ban()).isPresent();
  }

  @Test
  void anAccountIsAddedOnce() throws Exception {
    Account bob = get(accounts.add(AccountName.of("Bob"), bytes(SECRET), Role.OPERATOR));
    assertThat(bob.role()).isEqualTo(Role.OPERATOR);
    assertThat(bob.seen()).isEmpty();
    assertRefused(
        accounts.add(AccountName.of("BOB"), bytes(SECRET), Role.USER), "a user BOB already");
    assertThat(logIn("bob", SECRET, false)).isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void aRoleAndAPasswordAreSet() throws Exception {
    logIn("Ann", SECRET, true);
    assertThat(get(accounts.setRole(ANN, Role.OPERATOR)).role()).isEqualTo(Role.OPERATOR);
    get(accounts.setPassword(ANN, bytes("another one")));
    assertThat(logIn("Ann", SECRET, false)).isEqualTo(new LogIn.WrongPassword());
    assertThat(logIn("Ann", "another one", false)).isInstanceOf(LogIn.Entered.class);
    assertThat(find("Ann").role()).isEqualTo(Role.OPERATOR);
  }

  @Test
  void aUserChangesTheOwnPasswordKnowingTheOld() throws Exception {
    logIn("Ann", SECRET, true);
    long id = find("Ann").id();
    assertThat(get(accounts.changePassword(id, bytes("no idea"), bytes("another one")))).isFalse();
    assertThat(get(accounts.changePassword(id, bytes(SECRET), bytes("another one")))).isTrue();
    assertThat(logIn("Ann", "another one", false)).isInstanceOf(LogIn.Entered.class);
    assertRefused(accounts.changePassword(id + 1, bytes(SECRET), bytes(SECRET)), "no such user");
  }

  @Test
  void whatIsAskedOfAnAccountThatIsNotThereIsRefused() {
    String message = "there is no user Ann";
    assertRefused(accounts.remove(ANN), message);
    assertRefused(accounts.unban(ANN), message);
    assertRefused(accounts.setRole(ANN, Role.USER), message);
    assertRefused(accounts.setPassword(ANN, bytes(SECRET)), message);
    assertRefused(accounts.ban(ANN, new Ban(NOW, "", "console")), message);
  }

  @Test
  void accountsAreListedByName() throws Exception {
    for (String name : List.of("bob", "Ann", "ann2", "Олег")) {
      get(accounts.add(AccountName.of(name), bytes(SECRET), Role.USER));
    }
    assertThat(list())
        .extracting(account -> account.name().toString())
        .containsExactly("Ann", "ann2", "bob", "Олег");
  }

  @Test
  void theNumberOfARemovedAccountIsNotGivenAgain() throws Exception {
    long first = get(accounts.add(ANN, bytes(SECRET), Role.USER)).id();
    get(accounts.remove(ANN));
    long second = get(accounts.add(ANN, bytes(SECRET), Role.USER)).id();
    get(accounts.clear());
    long third = get(accounts.add(ANN, bytes(SECRET), Role.USER)).id();
    assertThat(second).isGreaterThan(first);
    assertThat(third).isGreaterThan(second);
  }

  @Test
  void clearingRemovesAllAndSaysHowMany() throws Exception {
    assertThat(get(accounts.clear())).isZero();
    listen(new Recorder());
    logIn("Ann", SECRET, true);
    logIn("Bob", SECRET, true);
    assertThat(get(accounts.clear())).isEqualTo(2);
    assertThat(list()).isEmpty();
    assertThat(heard).containsExactlyInAnyOrder("removed Ann", "removed Bob");
    assertThat(logIn("Ann", "a new beginning", true)).isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void listenersHearOfChangesInTheirOrder() throws Exception {
    listen(new Recorder());
    logIn("Ann", SECRET, true);
    List<CompletionStage<?>> changes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      changes.add(accounts.setRole(ANN, i % 2 == 0 ? Role.OPERATOR : Role.USER));
    }
    changes.add(accounts.ban(ANN, new Ban(NOW.plusSeconds(1), "", "console")));
    changes.add(accounts.unban(ANN));
    changes.add(accounts.remove(ANN));
    for (CompletionStage<?> change : changes) {
      get(change);
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      expected.add("changed Ann " + (i % 2 == 0 ? Role.OPERATOR : Role.USER));
    }
    expected.addAll(List.of("changed Ann USER banned", "changed Ann USER", "removed Ann"));
    assertThat(heard).containsExactlyElementsOf(expected);
  }

  @Test
  void whoHasLoggedInKnowsItBeforeListenersHearOfALaterChange() throws Exception {
    logIn("Ann", SECRET, true);
    listen(new Recorder());
    CountDownLatch gate = argon2.hold();
    CompletionStage<Void> told =
        accounts
            .logIn(ANN, bytes(SECRET), false)
            .thenAccept(entered -> heard.add(entered.getClass().getSimpleName()));
    argon2.awaitHash();
    gate.countDown();
    CompletionStage<Account> removed = told.thenCompose(ignored -> accounts.remove(ANN));
    get(removed);
    assertThat(heard).containsExactly("Entered", "removed Ann");
  }

  @Test
  void whoIsRemovedWhileThePasswordIsComparedDoesNotEnter() throws Exception {
    logIn("Ann", SECRET, true);
    CountDownLatch gate = argon2.hold();
    CompletionStage<LogIn> attempt = accounts.logIn(ANN, bytes(SECRET), false);
    argon2.awaitHash();
    get(accounts.remove(ANN));
    gate.countDown();
    assertThat(get(attempt)).isEqualTo(new LogIn.Unknown());
  }

  @Test
  void whoIsBannedWhileThePasswordIsComparedDoesNotEnter() throws Exception {
    logIn("Ann", SECRET, true);
    Ban ban = new Ban(NOW.plusSeconds(60), "", "console");
    CountDownLatch gate = argon2.hold();
    CompletionStage<LogIn> attempt = accounts.logIn(ANN, bytes(SECRET), false);
    argon2.awaitHash();
    get(accounts.ban(ANN, ban));
    gate.countDown();
    assertThat(get(attempt)).isEqualTo(new LogIn.Banned(ban));
  }

  @Test
  void theOldPasswordDoesNotEnterOnceItIsAnother() throws Exception {
    logIn("Ann", SECRET, true);
    argon2.count();
    CountDownLatch gate = argon2.hold();
    CompletionStage<LogIn> attempt = accounts.logIn(ANN, bytes(SECRET), false);
    argon2.awaitHash();
    get(accounts.setRole(ANN, Role.OPERATOR));
    setPasswordBehindTheBack("Ann", "another one");
    gate.countDown();
    assertThat(get(attempt)).isEqualTo(new LogIn.WrongPassword());
  }

  @Test
  void aListenerThatFailsKeepsNothingFromTheOthers() throws Exception {
    listen(
        new AccountListener() {
          @Override
          public void removed(Account account) {
            throw new IllegalStateException("broken");
          }

          @Override
          public void changed(Account account) {
            throw new NoClassDefFoundError("broken");
          }
        });
    listen(new Recorder());
    logIn("Ann", SECRET, true);
    get(accounts.setRole(ANN, Role.OPERATOR));
    get(accounts.remove(ANN));
    assertThat(heard).containsExactly("changed Ann OPERATOR", "removed Ann");
  }

  @Test
  void aListenerMayAskForAChange() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    listen(
        new AccountListener() {
          @Override
          public void removed(Account account) {
            done.countDown();
          }

          @Override
          public void changed(Account account) {
            accounts.remove(account.name());
          }
        });
    listen(new Recorder());
    logIn("Ann", SECRET, true);
    get(accounts.setRole(ANN, Role.OPERATOR));
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).startsWith("changed Ann OPERATOR");
    assertThat(list()).isEmpty();
  }

  @Test
  void aListenerIsFetchedWhenItIsNeededAndLetGoWhenItLeaves() throws Exception {
    ServiceReference<AccountListener> reference = listen(new Recorder());
    assertThat(registry.uses(reference)).isZero();
    logIn("Ann", SECRET, true);
    get(accounts.setRole(ANN, Role.OPERATOR));
    get(accounts.setRole(ANN, Role.USER));
    assertThat(registry.uses(reference)).isOne();
    accounts.removeListener(reference);
    assertThat(registry.uses(reference)).isZero();
    get(accounts.remove(ANN));
    assertThat(heard).containsExactly("changed Ann OPERATOR", "changed Ann USER");
  }

  @Test
  void anUnknownNameCostsTheSameWorkAsAWrongPassword() throws Exception {
    logIn("Ann", SECRET, true);
    argon2.count();
    logIn("Ann", "no idea", false);
    int wrong = argon2.count();
    logIn("Bob", "no idea", false);
    assertThat(argon2.count()).isEqualTo(wrong).isOne();
  }

  @Test
  void aHashOfAnotherCostIsMadeAnewAtTheNextLogIn() throws Exception {
    logIn("Ann", SECRET, true);
    assertThat(stored("Ann")).startsWith("$argon2id$v=19$m=1024,t=1,p=1$");
    accounts.modified(properties(Map.of("hash.iterations", "3", "hash.memory", "2")));
    logIn("Ann", "no idea", false);
    assertThat(stored("Ann")).startsWith("$argon2id$v=19$m=1024,t=1,p=1$");
    assertThat(logIn("Ann", SECRET, false)).isInstanceOf(LogIn.Entered.class);
    String renewed = stored("Ann");
    assertThat(renewed).startsWith("$argon2id$v=19$m=2048,t=3,p=1$");
    assertThat(logIn("Ann", SECRET, false)).isInstanceOf(LogIn.Entered.class);
    assertThat(stored("Ann")).isEqualTo(renewed);
  }

  @Test
  void twoUsersWithOnePasswordHaveTwoHashes() throws Exception {
    logIn("Ann", SECRET, true);
    logIn("Bob", SECRET, true);
    assertThat(stored("Ann")).isNotEqualTo(stored("Bob"));
  }

  @Test
  void aShortPasswordIsRefusedForARegistrationAndComparedForALogIn() throws Exception {
    assertRefused(accounts.logIn(ANN, bytes("short"), true), "at least 6 characters");
    assertRefused(accounts.add(ANN, bytes("𠀀".repeat(5)), Role.USER), "at least 6 characters");
    assertThat(list()).isEmpty();
    get(accounts.add(ANN, bytes("𠀀".repeat(6)), Role.USER));
    accounts.modified(properties(Map.of("password.min", "10")));
    assertThat(logIn("Ann", "𠀀".repeat(6), false)).isInstanceOf(LogIn.Entered.class);
    assertRefused(accounts.setPassword(ANN, bytes("123456789")), "at least 10 characters");
  }

  @Test
  void aLongPasswordIsRefusedBeforeItCostsAnything() throws Exception {
    String longest = "x".repeat(128);
    assertThat(logIn("Ann", longest, true)).isInstanceOf(LogIn.Entered.class);
    assertThat(logIn("Ann", longest, false)).isInstanceOf(LogIn.Entered.class);
    argon2.count();
    assertRefused(accounts.logIn(ANN, bytes(longest + "x"), true), "128 bytes");
    assertRefused(accounts.logIn(ANN, new byte[0], true), "128 bytes");
    assertRefused(accounts.setPassword(ANN, bytes(longest + "x")), "128 bytes");
    assertRefused(
        accounts.setPassword(ANN, new byte[] {'a', 'b', 'c', 'd', 'e', 'f', -1}), "UTF-8");
    assertThat(argon2.count()).isZero();
  }

  @Test
  void logInsBeyondTheQueueAreRefused() throws Exception {
    accounts.modified(properties(Map.of("hash.queue", "3")));
    CountDownLatch gate = argon2.hold();
    List<CompletionStage<LogIn>> waiting = new ArrayList<>();
    List<byte[]> passwords = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(accounts.logIn(AccountName.of("user" + i), keep(passwords, SECRET), true));
    }
    // they are looked up side by side, so any of them may be the one too many
    CompletableFuture<?>[] all =
        waiting.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new);
    assertRefused(CompletableFuture.anyOf(all), "too many log-ins wait, try again");
    assertThat(get(accounts.list())).as("what needs no hash goes on").isEmpty();
    gate.countDown();
    int entered = 0;
    for (CompletionStage<LogIn> each : waiting) {
      entered += get(each.handle((in, refused) -> in instanceof LogIn.Entered ? 1 : 0));
    }
    assertThat(entered).isEqualTo(4);
    assertThat(passwords).allSatisfy(password -> assertThat(password).containsOnly(0));
    assertThat(logIn("Ann", SECRET, true)).isInstanceOf(LogIn.Entered.class);
  }

  private static Origin from(String address) {
    return Origin.of(new InetSocketAddress(address, 1024));
  }

  @Test
  void anAddressThatFillsTheQueueKeepsNobodyElseOut() throws Exception {
    accounts.modified(properties(Map.of("hash.queue", "4", "address.queue", "100")));
    get(accounts.add(ANN, bytes(SECRET), Role.USER));
    argon2.count();
    CountDownLatch gate = argon2.hold();
    List<CompletionStage<LogIn>> flood = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      flood.add(accounts.logIn(ANN, bytes("guess number " + i), false, from("192.0.2.66")));
    }
    argon2.awaitHash();
    CompletionStage<LogIn> good = accounts.logIn(ANN, bytes(SECRET), false, from("192.0.2.1"));
    CompletionStage<Account> operator = accounts.setPassword(ANN, bytes("another one"));
    get(accounts.list()); // what was asked for before waits in the queue now
    get(accounts.list());
    gate.countDown();
    assertThat(get(operator).name()).isEqualTo(ANN);
    assertThat(get(good)).isEqualTo(new LogIn.WrongPassword());
    int refused = 0;
    for (CompletionStage<LogIn> each : flood) {
      try {
        get(each);
      } catch (AccountException full) {
        assertThat(full).hasMessage("too many log-ins wait, try again");
        refused++;
      }
    }
    assertThat(refused).as("one was under way, four could wait").isGreaterThanOrEqualTo(20);
  }

  @Test
  void anAddressHasSoManyLogInsAtOnce() throws Exception {
    accounts.modified(properties(Map.of("address.queue", "2")));
    CountDownLatch gate = argon2.hold();
    List<CompletionStage<LogIn>> waiting = new ArrayList<>();
    waiting.add(accounts.logIn(ANN, bytes(SECRET), true, from("2001:db8::1")));
    waiting.add(
        accounts.logIn(AccountName.of("bob"), bytes(SECRET), true, from("2001:db8::ffff:1")));
    CompletionStage<LogIn> third =
        accounts.logIn(AccountName.of("cid"), bytes(SECRET), true, from("2001:db8::2"));
    assertThat(third.toCompletableFuture()).isCompletedExceptionally();
    assertRefused(third, "too many log-ins from your address wait, try again");
    waiting.add(
        accounts.logIn(AccountName.of("dan"), bytes(SECRET), true, from("2001:db8:0:1::1")));
    gate.countDown();
    for (CompletionStage<LogIn> each : waiting) {
      assertThat(get(each)).isInstanceOf(LogIn.Entered.class);
    }
    assertThat(get(accounts.logIn(ANN, bytes(SECRET), true, from("2001:db8::2"))))
        .isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void anAddressRegistersSoManyNamesInAWhile() throws Exception {
    accounts.modified(properties(Map.of("address.registrations", "3")));
    List<CompletionStage<LogIn>> together = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      together.add(
          accounts.logIn(AccountName.of("n" + i), bytes(SECRET), true, from("192.0.2.66")));
    }
    List<String> made = new ArrayList<>();
    for (CompletionStage<LogIn> each : together) {
      try {
        made.add(((LogIn.Entered) get(each)).account().name().toString());
      } catch (AccountException tooMany) {
        assertThat(tooMany)
            .hasMessage(
                "too many names were registered from your address; allowed is 3 in 1h;"
                    + " try again later");
      }
    }
    assertThat(made).hasSize(3);
    AccountName first = AccountName.of(made.get(0));
    assertThat(get(accounts.logIn(first, bytes(SECRET), true, from("192.0.2.66"))))
        .as("whoever has a name gets in")
        .isInstanceOf(LogIn.Entered.class);
    assertThat(get(accounts.logIn(ANN, bytes(SECRET), true, from("192.0.2.67"))))
        .isInstanceOf(LogIn.Entered.class);
    get(accounts.add(AccountName.of("bob"), bytes(SECRET), Role.USER));
    assertThat(logged)
        .contains("WARN shut out 192.0.2.66: names registered: 3 in 1h")
        .contains("INFO registered from 192.0.2.66: name " + first);
    now = NOW.plus(Duration.ofHours(1));
    assertThat(get(accounts.logIn(AccountName.of("n8"), bytes(SECRET), true, from("192.0.2.66"))))
        .isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void aRegistrationThatIsRefusedIsNotCounted() throws Exception {
    accounts.modified(properties(Map.of("address.registrations", "1")));
    Origin origin = from("192.0.2.66");
    assertRefused(accounts.logIn(ANN, bytes("short"), true, origin), "at least 6");
    database.away("gone");
    assertRefused(accounts.logIn(ANN, bytes(SECRET), true, origin), "away");
    database.away(null);
    assertThat(get(accounts.logIn(ANN, bytes(SECRET), true, origin)))
        .isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void aBannedNetworkIsRefusedBeforeAnythingIsHashed() throws Exception {
    get(accounts.add(ANN, bytes(SECRET), Role.USER));
    listen(new Recorder());
    argon2.count();
    get(accounts.ban(Network.parse("192.0.2.0/24"), new Ban(NOW.plusSeconds(60), "spam", "op")));
    get(accounts.ban(Network.parse("2001:db8::7"), new Ban(NOW.plusSeconds(60), "", "op")));
    LocalDateTime end = LocalDateTime.ofInstant(NOW.plusSeconds(60), ZoneId.systemDefault());
    String until = end.toLocalDate() + " " + end.toLocalTime().truncatedTo(ChronoUnit.MINUTES);
    for (String address : List.of("192.0.2.0", "192.0.2.255", "2001:db8::ffff")) {
      assertRefused(
          accounts.logIn(ANN, bytes(SECRET), true, from(address)),
          "your address is banned until " + until + ":00");
    }
    assertThat(argon2.count()).isZero();
    for (String address : List.of("192.0.1.255", "192.0.3.0", "2001:db8:0:1::7")) {
      assertThat(get(accounts.logIn(ANN, bytes(SECRET), true, from(address))))
          .isInstanceOf(LogIn.Entered.class);
    }
    assertThat(get(accounts.addressBans()))
        .extracting(ban -> ban.network().toString())
        .containsExactly("192.0.2.0/24", "2001:db8::/64");
    assertThat(heard).contains("banned 192.0.2.0/24", "banned 2001:db8::/64");
    assertThat(get(accounts.unban(Network.parse("192.0.2.0/24")))).isTrue();
    assertThat(get(accounts.unban(Network.parse("192.0.2.0/24")))).isFalse();
    assertThat(get(accounts.logIn(ANN, bytes(SECRET), true, from("192.0.2.7"))))
        .isInstanceOf(LogIn.Entered.class);
    now = NOW.plusSeconds(60);
    assertThat(get(accounts.addressBans())).isEmpty();
    assertThat(get(accounts.logIn(ANN, bytes(SECRET), true, from("2001:db8::7"))))
        .isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void whereAUserWasLastIsKnown() throws Exception {
    logIn("Ann", SECRET, true);
    assertThat(get(accounts.lastNetwork(ANN))).isEmpty();
    get(accounts.logIn(ANN, bytes(SECRET), true, from("192.0.2.7")));
    get(accounts.logIn(ANN, bytes(SECRET), true, from("2001:db8::7")));
    assertThat(get(accounts.lastNetwork(ANN))).contains(Network.parse("2001:db8::/64"));
    get(accounts.remove(ANN));
    assertRefused(accounts.lastNetwork(ANN), "there is no user Ann");
  }

  @Test
  void aPasswordIsTheSameOneHoweverItIsTyped() throws Exception {
    logIn("Ann", "p\u00e4ssw\u00f6rd", true);
    assertThat(logIn("Ann", "pa\u0308sswo\u0308rd", true)).isInstanceOf(LogIn.Entered.class);
    logIn("Bob", "one\u00a0blank", true);
    assertThat(logIn("Bob", "one blank", true)).isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void aHashOfThePasswordAsItWasGivenIsComparedAndMadeAnew() throws Exception {
    logIn("Ann", SECRET, true);
    setPasswordBehindTheBack("Ann", "pa\u0308sswo\u0308rd");
    accounts.deactivate();
    accounts = open(schema());
    assertThat(logIn("Ann", "p\u00e4ssw\u00f6rd", false))
        .as("nobody knows the form that was given")
        .isEqualTo(new LogIn.WrongPassword());
    assertThat(logIn("Ann", "pa\u0308sswo\u0308rd", false)).isInstanceOf(LogIn.Entered.class);
    assertThat(logIn("Ann", "p\u00e4ssw\u00f6rd", false)).isInstanceOf(LogIn.Entered.class);
    setPasswordBehindTheBack("Ann", "bell \u0007 rings");
    assertThat(logIn("Ann", "bell \u0007 rings", false))
        .as("what could be no new password is still one")
        .isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void whatIsWrongTakesTheSameWorkWhateverTheStoredHashCosts() throws Exception {
    logIn("Old", SECRET, true);
    accounts.modified(properties(Map.of("hash.iterations", "3", "hash.memory", "2")));
    logIn("New", SECRET, true);
    accounts.deactivate();
    accounts = open(schema());
    accounts.modified(properties(Map.of("hash.iterations", "2", "hash.memory", "4")));
    for (String guess : List.of("no idea", "no id\u00e9a", "no ide\u0301a")) {
      argon2.work();
      assertThat(logIn("Old", guess, false)).isEqualTo(new LogIn.WrongPassword());
      long old = argon2.work();
      assertThat(logIn("New", guess, false)).isEqualTo(new LogIn.WrongPassword());
      long young = argon2.work();
      assertThat(logIn("Nobody", guess, false)).isEqualTo(new LogIn.Unknown());
      assertThat(List.of(young, argon2.work())).containsOnly(old);
    }
  }

  @Test
  void aCostThatAnotherHostHasBroughtIsTakenIntoAccount() throws Exception {
    logIn("Ann", SECRET, true);
    logIn("Bob", SECRET, true);
    setPasswordBehindTheBack("Ann", SECRET); // 64 KiB, as no hash of this host
    argon2.work();
    logIn("Ann", "no idea", false);
    long met = argon2.work();
    logIn("Nobody", "no idea", false);
    long unknown = argon2.work();
    logIn("Bob", "no idea", false);
    assertThat(List.of(met, unknown, argon2.work())).containsOnly(1024L + 64);
  }

  @Test
  void theWorkForOldHashesEndsOnceThereAreNone() throws Exception {
    logIn("Old", SECRET, true);
    accounts.modified(properties(Map.of("hash.memory", "2")));
    argon2.work();
    logIn("Nobody", "no idea", false);
    assertThat(argon2.work()).isEqualTo(1024 + 2048);
    logIn("Old", SECRET, false);
    now = NOW.plus(Duration.ofMinutes(10));
    argon2.work();
    logIn("Nobody", "no idea", false);
    assertThat(argon2.work()).isEqualTo(2048);
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456", "Password", "QWERTY123"})
  void aPasswordThatIsGuessedFirstIsRefused(String common) throws Exception {
    String message = "this password is one of the 100 that are guessed first; choose another one";
    assertRefused(accounts.logIn(ANN, bytes(common), true), message);
    assertRefused(accounts.add(ANN, bytes(common), Role.USER), message);
    logIn("Ann", SECRET, true);
    assertRefused(accounts.setPassword(ANN, bytes(common)), message);
    assertRefused(accounts.changePassword(find("Ann").id(), bytes(SECRET), bytes(common)), message);
  }

  @Test
  void theNameIsNoPassword() throws Exception {
    String message = "a password must not be the user's name; choose another one";
    assertRefused(accounts.logIn(AccountName.of("Annabel"), bytes("annaBEL"), true), message);
    logIn("Annabel", SECRET, true);
    assertRefused(accounts.setPassword(AccountName.of("annabel"), bytes("Annabel")), message);
  }

  @Test
  void listenersHearThatAPasswordIsAnotherAndFromWhere() throws Exception {
    logIn("Ann", SECRET, true);
    listen(new Recorder());
    Origin origin = from("192.0.2.7");
    get(accounts.changePassword(find("Ann").id(), bytes(SECRET), bytes("another one"), origin));
    get(accounts.changePassword(find("Ann").id(), bytes(SECRET), bytes("a third one"), origin));
    get(accounts.setPassword(ANN, bytes("a fourth one")));
    assertThat(heard)
        .containsExactly(
            "password of Ann by 192.0.2.7",
            "changed Ann USER",
            "password of Ann by the host",
            "changed Ann USER");
  }

  @Test
  void whoDoesNotGetInIsInTheLogAndNoPasswordIs() throws Exception {
    Origin origin = from("192.0.2.7");
    logIn("Ann", SECRET, true);
    get(accounts.logIn(ANN, bytes("a wild guess"), false, origin));
    get(accounts.logIn(AccountName.of("bob"), bytes("a wild guess"), false, origin));
    get(accounts.ban(ANN, new Ban(NOW.plusSeconds(9), "", "op")));
    get(accounts.logIn(ANN, bytes(SECRET), false, origin));
    assertRefused(accounts.logIn(AccountName.of("c"), bytes("x"), true, origin), "at least");
    get(accounts.list());
    assertThat(logged)
        .contains(
            "INFO log-in failed from 192.0.2.7: wrong password; name Ann",
            "INFO log-in failed from 192.0.2.7: no such user; name bob",
            "INFO log-in failed from 192.0.2.7: banned; name Ann",
            "INFO log-in refused from 192.0.2.7: a password has at least 6 characters, and at most"
                + " 128 bytes of UTF-8; name c")
        .noneMatch(line -> line.contains("guess") || line.contains(SECRET));
  }

  @Test
  void everyPasswordIsWipedOnceItWasUsed() throws Exception {
    List<byte[]> given = new ArrayList<>();
    get(accounts.logIn(ANN, keep(given, SECRET), true));
    get(accounts.logIn(ANN, keep(given, SECRET), true));
    get(accounts.logIn(ANN, keep(given, "no idea"), true));
    get(accounts.logIn(AccountName.of("Bob"), keep(given, SECRET), false));
    get(accounts.add(AccountName.of("Bob"), keep(given, SECRET), Role.USER));
    assertRefused(accounts.add(ANN, keep(given, SECRET), Role.USER), "already");
    assertRefused(accounts.logIn(AccountName.of("C"), keep(given, "short"), true), "at least");
    get(accounts.setPassword(ANN, keep(given, "another one")));
    long id = find("Ann").id();
    get(accounts.changePassword(id, keep(given, SECRET), keep(given, "a third one")));
    get(accounts.changePassword(id, keep(given, "another one"), keep(given, "a third one")));
    database.away("no way there");
    assertRefused(accounts.logIn(ANN, keep(given, SECRET), true), "away");
    assertThat(given).hasSize(13).allSatisfy(array -> assertThat(array).containsOnly(0));
  }

  @Test
  void aDatabaseThatIsAwayIsSaidAndItsReasonIsTheCause() throws Exception {
    logIn("Ann", SECRET, true);
    database.away("nobody listens on 127.0.0.1:3306");
    assertThatThrownBy(() -> get(accounts.logIn(ANN, bytes(SECRET), true)))
        .isInstanceOf(AccountException.class)
        .hasMessage("the database of users is away, try again later")
        .cause()
        .isInstanceOf(DatabaseAway.class)
        .hasMessage("nobody listens on 127.0.0.1:3306");
    assertRefused(accounts.list(), "away");
    assertRefused(accounts.remove(ANN), "away");
    database.away(null);
    assertThat(logIn("Ann", SECRET, true)).isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void theEndOfTheBundleAnswersAllThatWait() throws Exception {
    CountDownLatch gate = argon2.hold();
    byte[] password = bytes(SECRET);
    CompletionStage<LogIn> attempt = accounts.logIn(ANN, password, true);
    argon2.awaitHash();
    accounts.deactivate();
    assertRefused(attempt, "the host's accounts are stopping");
    assertRefused(accounts.list(), "the host's accounts are stopping");
    assertThat(password).containsOnly(0);
    assertThat(schema.away()).contains("schema account is closed");
    gate.countDown();
  }

  @Test
  void aConfigurationThatIsRefusedLeavesTheLastGoodOne() throws Exception {
    accounts.modified(properties(Map.of("password.min", "12")));
    accounts.modified(properties(Map.of("password.min", "none")));
    assertRefused(accounts.logIn(ANN, bytes("12345678901"), true), "at least 12 characters");
  }

  // ---- names ---------------------------------------------------------------------------------

  @Test
  void nobodyRegistersANameThatLooksLikeOneThatIsTaken() throws Exception {
    logIn("victor", SECRET, true);
    for (String alike : List.of("vict0r", "VICT0R", "VicT0r")) {
      assertRefused(
          accounts.logIn(AccountName.of(alike), bytes(SECRET), true),
          "the name " + alike + " is taken, or looks like one that is");
      assertRefused(
          accounts.add(AccountName.of(alike), bytes(SECRET), Role.USER),
          "the name " + alike + " looks like that of the user victor");
    }
    assertThat(list()).hasSize(1);
    assertThat(argon2.count()).as("a refused name costs no hash").isOne();
    get(accounts.remove(AccountName.of("victor")));
    assertThat(logIn("vict0r", SECRET, true)).isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void aNameThatIsNotGivenIsUnknownToWhoeverDoesNotRegister() throws Exception {
    assertThat(logIn("vict\u043er", SECRET, false)).isEqualTo(new LogIn.Unknown());
    assertRefused(
        accounts.logIn(AccountName.of("vict\u043er"), bytes(SECRET), true), "is of one script");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"console", "C0NSOLE", "Admin", "h\u043est", "operator", "slipway", "POST", "get"})
  void namesOfTheHostAreNotRegistered(String name) {
    assertThatThrownBy(() -> logIn(name, SECRET, true)).isInstanceOf(AccountException.class);
    assertThatThrownBy(() -> get(accounts.checkName(AccountName.of(name), 0)))
        .isInstanceOf(AccountException.class);
  }

  @Test
  void anOperatorGivesNamesThatSpeakForTheHostButNotTheConsolesOwn() throws Exception {
    get(accounts.add(AccountName.of("admin"), bytes(SECRET), Role.OPERATOR));
    assertThat(logIn("admin", SECRET, true)).isInstanceOf(LogIn.Entered.class);
    for (String kept : List.of("console", "consoIe", "POST")) {
      assertRefused(
          accounts.add(AccountName.of(kept), bytes(SECRET), Role.OPERATOR),
          "the name " + kept + " is kept for the host, or looks like one that is");
    }
  }

  @Test
  void aNameIsCheckedWithoutGivingIt() throws Exception {
    logIn("victor", SECRET, true);
    long victor = find("victor").id();
    get(accounts.checkName(AccountName.of("Victor"), victor));
    get(accounts.checkName(AccountName.of("somebody"), victor));
    assertRefused(accounts.checkName(AccountName.of("VICTOR"), 0), "is taken, or looks like");
    assertRefused(accounts.checkName(AccountName.of("vict0r"), victor + 1), "is taken");
  }

  @Test
  void whatNamesLookLikeIsToldWhoeverHasThem() throws Exception {
    logIn("victor", SECRET, true);
    AccountName victor = AccountName.of("Victor");
    AccountName other = AccountName.of("vict0r");
    AccountName mixed = AccountName.of("vict\u043er");
    AccountName dash = AccountName.of("-");
    Map<AccountName, Look> looks = get(accounts.looks(List.of(victor, other, mixed, dash)));
    assertThat(looks.get(victor).flaw()).isEmpty();
    assertThat(looks.get(other).flaw()).isEmpty();
    assertThat(looks.get(victor).forms()).containsAnyElementsOf(looks.get(other).forms());
    assertThat(looks.get(victor).forms()).containsAnyElementsOf(looks.get(mixed).forms());
    assertThat(looks.get(mixed).flaw()).get().asString().contains("is of one script");
    assertThat(looks.get(dash).flaw()).contains("a new name has " + AccountName.LEGIBLE);
    assertThat(get(accounts.looks(List.of()))).isEmpty();
  }

  @Test
  void usersOfBeforeKeepNamesThatLookAlikeAndNoOthersGetThem() throws Exception {
    List<String> before = List.of("moo", "m00", "odd\ud81b\udfe4");
    for (String name : before) {
      insertBehindTheBack(name);
    }
    for (String name : before) {
      assertThat(logIn(name, SECRET, true)).isInstanceOf(LogIn.Entered.class);
    }
    assertRefused(accounts.logIn(AccountName.of("mo0"), bytes(SECRET), true), "is taken");
    get(accounts.remove(AccountName.of("moo")));
    assertRefused(accounts.logIn(AccountName.of("mo0"), bytes(SECRET), true), "is taken");
    get(accounts.remove(AccountName.of("m00")));
    assertThat(logIn("mo0", SECRET, true)).isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void formsOfOtherTablesAreMadeAnew() throws Exception {
    logIn("victor", SECRET, true);
    try (Connection connection = source.getConnection();
        PreparedStatement update =
            connection.prepareStatement("UPDATE account_look SET look = ?, made_by = 'old'")) {
      update.setBytes(1, bytes("another form"));
      assertThat(update.executeUpdate()).isOne();
    }
    accounts.deactivate();
    accounts = open(schema());
    assertRefused(accounts.logIn(AccountName.of("vict0r"), bytes(SECRET), true), "is taken");
  }

  @Test
  void ofHostsThatGiveNamesThatLookAlikeAtOnceOneDoes() throws Exception {
    HostAccounts other = open(schema());
    for (int round = 0; round < 5; round++) {
      CompletionStage<LogIn> one =
          accounts.logIn(AccountName.of("loo" + round), bytes(SECRET), true);
      CompletionStage<LogIn> two = other.logIn(AccountName.of("l00" + round), bytes(SECRET), true);
      one.toCompletableFuture().handle((in, refused) -> in).get(30, TimeUnit.SECONDS);
      two.toCompletableFuture().handle((in, refused) -> in).get(30, TimeUnit.SECONDS);
      assertThat(list()).hasSize(round + 1);
    }
  }

  private void insertBehindTheBack(String name) throws SQLException {
    PasswordHash hash =
        PasswordHash.of(
            bytes(SECRET), new HashCost(64, 1, 1), new BouncyArgon2(), new SecureRandom());
    try (Connection connection = source.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO account_user (name_key, name, role, password, created)"
                    + " VALUES (?, ?, 'USER', ?, 0)")) {
      insert.setBytes(1, bytes(AccountName.of(name).key()));
      insert.setBytes(2, bytes(name));
      insert.setString(3, hash.text());
      insert.executeUpdate();
    }
  }

  private final class Recorder implements AccountListener {
    private final Thread[] only = new Thread[1];

    @Override
    public void removed(Account account) {
      hear("removed " + account.name());
    }

    @Override
    public void changed(Account account) {
      hear(
          "changed "
              + account.name()
              + " "
              + account.role()
              + (account.banAt(now).isPresent() ? " banned" : ""));
    }

    @Override
    public void passwordChanged(Account account, Origin by) {
      hear("password of " + account.name() + " by " + by);
    }

    @Override
    public void addressBanned(AddressBan ban) {
      hear("banned " + ban.network());
    }

    private void hear(String change) {
      if (only[0] == null) {
        only[0] = Thread.currentThread();
      }
      heard.add(only[0] == Thread.currentThread() ? change : change + " in another thread");
    }
  }

  private ServiceReference<AccountListener> listen(AccountListener listener) {
    ServiceReference<AccountListener> reference = registry.register(listener);
    accounts.addListener(reference);
    return reference;
  }

  private LogIn logIn(String name, String password, boolean register) throws Exception {
    return get(accounts.logIn(AccountName.of(name), bytes(password), register));
  }

  private Account find(String name) throws Exception {
    return get(accounts.find(AccountName.of(name))).orElseThrow();
  }

  private List<Account> list() throws Exception {
    return get(accounts.list());
  }

  private String stored(String name) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT password FROM account_user WHERE name_key = ?")) {
      select.setBytes(1, bytes(AccountName.of(name).key()));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private void setPasswordBehindTheBack(String name, String password) throws SQLException {
    PasswordHash hash =
        PasswordHash.of(
            bytes(password), new HashCost(64, 1, 1), new BouncyArgon2(), new SecureRandom());
    try (Connection connection = source.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE account_user SET password = ? WHERE name_key = ?")) {
      update.setString(1, hash.text());
      update.setBytes(2, bytes(AccountName.of(name).key()));
      assertThat(update.executeUpdate()).isOne();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] keep(List<byte[]> given, String text) {
    byte[] password = bytes(text);
    given.add(password);
    return password;
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw (Exception) failed.getCause();
    }
  }

  private static void assertRefused(CompletionStage<?> stage, String reason) {
    assertThatThrownBy(() -> get(stage))
        .isInstanceOf(AccountException.class)
        .hasMessageContaining(reason);
  }
}
