package slipway.services.chat.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.Network;
import slipway.services.chat.Leaks;
import slipway.services.chat.text.Goodbye;

/** What users in a room see when the database under it becomes another one. */
@ExtendWith(Leaks.class)
class OtherDatabaseTest {

  private final TestChat chat = new TestChat();

  @AfterEach
  void end() {
    chat.end();
  }

  private void becomesOne(int messages) throws Exception {
    chat.database.becomesAnother();
    hasMessages(messages);
  }

  private void hasMessages(int messages) throws Exception {
    chat.execute("DELETE FROM chat_message");
    for (int id = 1; id <= messages; id++) {
      chat.execute(
          "INSERT INTO chat_message (id, room, sent, account, name, kind, content)"
              + " VALUES ("
              + id
              + ", 'lobby', 1, 99, 'Old', 'SAID', 'from before')");
    }
    chat.execute("UPDATE chat_sequence SET last_message = " + messages);
  }

  @Test
  void aRoomIsNotMuteOnADatabaseWithFewerMessages() throws Exception {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    for (int i = 0; i < 4; i++) {
      ann.type("before\n");
    }
    bob.shown();
    becomesOne(1);
    ann.type("hello\n");
    bob.type("hi\n");
    assertThat(bob.shown()).containsExactly("ann: hello");
    assertThat(ann.shown()).containsExactly("bob: hi");
  }

  private static Account with(Account before, long id, String name, Optional<Ban> ban) {
    return new Account(
        id, AccountName.of(name), before.role(), before.created(), before.seen(), ban);
  }

  private void has(Account account, String password) {
    chat.accounts.put(account, password.getBytes(UTF_8));
  }

  private void isSeen() {
    chat.database.becomesAnother();
    chat.chat.journal().retry();
    chat.settle();
  }

  @Test
  void whoHasNoAccountInItOrABanIsToldAndEnded() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    TestUser carl = chat.enter("carl");
    TestUser dora = chat.enter("dora");
    TestUser emil = chat.enter("emil");
    List.of(ann, bob, carl, dora, emil).forEach(TestUser::shown);
    Ban ban = new Ban(Instant.parse("9000-01-01T00:00:00Z"), "rude", "op");
    chat.accounts.drop(AccountName.of("ann"));
    Account before = chat.account("bob");
    has(with(before, before.id(), "bob", Optional.of(ban)), "secret of bob");
    has(with(before, 99, "carl", Optional.empty()), "secret of carl");
    chat.accounts.put(new AddressBan(Network.parse("192.0.2.5"), ban));
    isSeen();
    assertThat(ann.shown()).containsExactly(Goodbye.REMOVED);
    assertThat(bob.shown()).contains(Goodbye.banned(ban));
    assertThat(carl.shown()).contains(Goodbye.REMOVED);
    assertThat(emil.shown()).anyMatch(line -> line.startsWith("* your address is banned until "));
    assertThat(List.of(ann, bob, carl, emil)).noneMatch(TestUser::isConnected);
    dora.shown();
    dora.type("/who\n");
    assertThat(dora.shown()).containsExactly("* in lobby: dora");
  }

  @Test
  void whoCannotBeLookedUpIsLookedUpLater() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    chat.accounts.drop(AccountName.of("ann"));
    chat.accounts.away("gone");
    isSeen();
    assertThat(ann.isConnected()).isTrue();
    chat.accounts.away(null);
    chat.rollCall.retry();
    chat.settle();
    assertThat(ann.isConnected()).isFalse();
    assertThat(bob.isConnected()).isTrue();
  }

  @Test
  void whoHasTheNumberOfAnotherFromBeforeIsNotTakenForIt() {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.type("/nick zoo\n");
    List.of(ann, bob).forEach(TestUser::shown);
    Account before = chat.account("ann");
    chat.accounts.drop(AccountName.of("ann"));
    has(with(before, before.id(), "zed", Optional.empty()), "secret of ann");
    TestUser zed = chat.connect();
    zed.type("zed secret of ann\n");
    assertThat(ann.shown()).containsExactly(Goodbye.REMOVED);
    zed.shown();
    zed.type("/who\n");
    assertThat(zed.shown()).containsExactly("* in lobby: bob, zed");
    assertThat(chat.hall.users().find(AccountName.of("ann"))).isEmpty();
    assertThat(chat.hall.users().find(AccountName.of("zoo"))).isEmpty();
    assertThat(chat.hall.users().find(AccountName.of("zed"))).isPresent();
  }

  /** Somebody is handed over, and the next version alone knows of the other database. */
  private void isHandedOver(boolean replaced, int messages) throws Exception {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    for (int i = 0; i < 4; i++) {
      ann.type("before\n");
    }
    bob.shown();
    TestChat next = chat.next();
    hasMessages(messages);
    if (replaced) {
      next.database.becomesAnother();
    }
    bob.moveTo(next);
    assertThat(bob.shown())
        .containsExactly(
            "* the database holds other messages than before; /history shows them",
            "* the chat was upgraded to 2.0.0");
    TestUser carl = next.enter("carl");
    bob.shown();
    carl.type("hello\n");
    assertThat(bob.shown()).containsExactly("carl: hello");
  }

  @Test
  void whoIsHandedOverMeanwhileIsNotMuteWithFewerMessages() throws Exception {
    isHandedOver(true, 1);
  }

  @Test
  void whoIsHandedOverMeanwhileIsNotSaidOldMessages() throws Exception {
    isHandedOver(true, 9);
  }

  @Test
  void whoIsHandedOverAfterABackupIsNotMute() throws Exception {
    isHandedOver(false, 1);
  }

  @Test
  void messagesFromBeforeAreNotSaidAgainOnAFullerDatabase() throws Exception {
    TestUser ann = chat.enter("ann");
    TestUser bob = chat.enter("bob");
    ann.type("before\n");
    bob.shown();
    becomesOne(9);
    ann.type("hello\n");
    assertThat(bob.shown()).containsExactly("ann: hello");
    assertThat(ann.shown()).isEmpty();
  }
}
