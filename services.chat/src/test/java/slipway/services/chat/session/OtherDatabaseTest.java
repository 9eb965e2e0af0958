package slipway.services.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import slipway.services.chat.Leaks;

/** What users in a room see when the database under it becomes another one. */
@ExtendWith(Leaks.class)
class OtherDatabaseTest {

  private final TestChat chat = new TestChat();

  @AfterEach
  void end() {
    chat.end();
  }

  private void becomesOne(int messages) throws Exception {
    chat.schema.place("another");
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
