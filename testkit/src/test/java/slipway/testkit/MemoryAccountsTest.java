package slipway.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountListener;
import slipway.account.AccountName;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.LogIn;
import slipway.account.Origin;
import slipway.account.Role;
import slipway.data.DatabaseAway;

class MemoryAccountsTest {

  private static final AccountName ANN = AccountName.of("ann");
  private static final Origin HERE =
      Origin.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1234));

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final MemoryAccounts accounts = new MemoryAccounts(Runnable::run, clock);
  private final List<String> heard = new ArrayList<>();

  MemoryAccountsTest() {
    accounts.add(
        new AccountListener() {
          @Override
          public void removed(Account account) {
            heard.add(account.name() + " is removed");
          }

          @Override
          public void changed(Account account) {
            heard.add(account.name() + " is changed");
          }

          @Override
          public void passwordChanged(Account account, Origin by) {
            heard.add(account.name() + " has a password by " + by);
          }

          @Override
          public void addressBanned(AddressBan ban) {
            heard.add(ban.network() + " is banned");
          }
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static <T> T result(CompletionStage<T> stage) {
    assertThat(stage.toCompletableFuture()).isDone();
    return stage.toCompletableFuture().join();
  }

  private LogIn logIn(String password, boolean register) {
    return result(accounts.logIn(ANN, bytes(password), register, HERE));
  }

  private Ban ban() {
    return new Ban(clock.instant().plusSeconds(60), "noise", "operator");
  }

  @Test
  void aUserRegistersAndLogsIn() {
    assertThat(logIn("secret", false)).isInstanceOf(LogIn.Unknown.class);
    assertThat(logIn("secret", true))
        .isInstanceOfSatisfying(LogIn.Entered.class, in -> assertThat(in.registered()).isTrue());
    assertThat(logIn("secret", true))
        .isInstanceOfSatisfying(LogIn.Entered.class, in -> assertThat(in.registered()).isFalse());
    assertThat(logIn("another", true)).isInstanceOf(LogIn.WrongPassword.class);
    assertThat(result(accounts.lastNetwork(ANN))).isEqualTo(HERE.network());
    assertThat(heard).as("these are no changes").isEmpty();
  }

  @Test
  void whatIsRefusedSaysWhatIsAllowed() {
    assertThatThrownBy(() -> logIn("short", true))
        .hasCauseInstanceOf(AccountException.class)
        .hasMessageContaining("a password has at least 6 characters");
    assertThatThrownBy(() -> result(accounts.setRole(ANN, Role.USER)))
        .hasMessageContaining("there is no user ann");
    result(accounts.add(ANN, bytes("secret"), Role.USER));
    assertThatThrownBy(() -> result(accounts.add(ANN, bytes("secret"), Role.USER)))
        .hasMessageContaining("there is a user ann already");
    assertThatThrownBy(() -> result(accounts.checkName(ANN, 0))).hasMessageContaining("taken");
  }

  @Test
  void passwordsAreFilledWithZeros() {
    byte[] password = bytes("secret");
    result(accounts.add(ANN, password, Role.USER));
    assertThat(password).containsOnly(0);
  }

  @Test
  void aBanHoldsUntilItsTime() {
    result(accounts.add(ANN, bytes("secret"), Role.USER));
    result(accounts.ban(ANN, ban()));
    assertThat(logIn("secret", false)).isInstanceOf(LogIn.Banned.class);
    assertThat(logIn("another", false)).isInstanceOf(LogIn.WrongPassword.class);
    clock.advance(Duration.ofMinutes(2));
    assertThat(logIn("secret", false)).isInstanceOf(LogIn.Entered.class);
    result(accounts.ban(HERE.network().orElseThrow(), ban()));
    assertThatThrownBy(() -> logIn("secret", false)).hasMessageContaining("your address is banned");
    clock.advance(Duration.ofMinutes(2));
    assertThat(result(accounts.addressBans())).isEmpty();
    assertThat(logIn("secret", false)).isInstanceOf(LogIn.Entered.class);
  }

  @Test
  void listenersHearOfChangesInTheirOrder() {
    Account ann = result(accounts.add(ANN, bytes("secret"), Role.USER));
    assertThat(result(accounts.changePassword(ann.id(), bytes("wrong1"), bytes("newer1"), HERE)))
        .isFalse();
    assertThat(result(accounts.changePassword(ann.id(), bytes("secret"), bytes("newer1"), HERE)))
        .isTrue();
    result(accounts.setPassword(ANN, bytes("newest")));
    result(accounts.setRole(ANN, Role.USER));
    result(accounts.ban(HERE.network().orElseThrow(), ban()));
    assertThat(result(accounts.clear())).isEqualTo(1);
    assertThat(heard)
        .containsExactly(
            "ann has a password by 127.0.0.1",
            "ann is changed",
            "ann has a password by the host",
            "ann is changed",
            "ann is changed",
            HERE.network().orElseThrow() + " is banned",
            "ann is removed");
    assertThat(result(accounts.list())).isEmpty();
  }

  @Test
  void whatAnotherHostDoesIsThereAndNotTold() {
    Account ann =
        new Account(7, ANN, Role.USER, clock.instant(), Optional.empty(), Optional.empty());
    accounts.put(ann, bytes("short"));
    assertThat(logIn("short", false)).isEqualTo(new LogIn.Entered(ann, false));
    assertThat(result(accounts.add(AccountName.of("bob"), bytes("secret"), Role.USER)).id())
        .as("a number is not given again")
        .isEqualTo(8);
    accounts.drop(ANN);
    assertThat(logIn("short", false)).isInstanceOf(LogIn.Unknown.class);
    accounts.put(new AddressBan(HERE.network().orElseThrow(), ban()));
    assertThatThrownBy(() -> logIn("secret", true)).hasMessageContaining("your address is banned");
    assertThat(heard).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsTold() {
    accounts.away("it is repaired");
    assertThatThrownBy(() -> result(accounts.list()))
        .hasCauseInstanceOf(AccountException.class)
        .hasRootCauseInstanceOf(DatabaseAway.class)
        .hasRootCauseMessage("it is repaired");
    accounts.away(null);
    assertThat(result(accounts.list())).isEmpty();
  }

  @Test
  void answersComeWhenTheTestLetsThem() {
    ManualExecutor calls = new ManualExecutor();
    calls.hold();
    CompletionStage<List<Account>> list = new MemoryAccounts(calls).list();
    assertThat(list.toCompletableFuture()).isNotDone();
    assertThat(calls.waiting()).isOne();
    calls.release();
    assertThat(result(list)).isEmpty();
  }
}
