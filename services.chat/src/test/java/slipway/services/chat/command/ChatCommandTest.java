package slipway.services.chat.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.command.CommandException;
import slipway.shell.commands.desk.TestDesk;

class ChatCommandTest {

  private final TestDesk shell = new TestDesk();
  private final FakeOperations chat = new FakeOperations();

  @BeforeEach
  void bring() {
    shell.bring(new ChatCommand(chat));
  }

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void roomsAreListedWithHowManyAreInThem() throws Exception {
    assertThat(shell.run("chat rooms"))
        .isEqualTo(
            """
            Room   Users
            games      1
            lobby      2
            """);
    JsonArray rooms = JsonParser.parseString(shell.run("chat rooms --json")).getAsJsonArray();
    assertThat(rooms).hasSize(2);
    JsonObject lobby = rooms.get(1).getAsJsonObject();
    assertThat(lobby.get("room").getAsString()).isEqualTo("lobby");
    assertThat(lobby.get("users").getAsInt()).isEqualTo(2);
  }

  @Test
  void thoseWhoAreThereAreListedForOneRoomOrForAll() throws Exception {
    assertThat(shell.run("chat who lobby"))
        .isEqualTo(
            """
            Room   User
            lobby  Ann
            lobby  bob (away: at lunch)
            """);
    assertThat(shell.run("chat who").lines()).hasSize(4).anyMatch(line -> line.contains("games"));
    assertThat(shell.run("chat who --json")).contains("\"user\":\"bob (away: at lunch)\"");
    assertThat(shell.run("chat who empty")).isEqualTo("Room  User\n");
  }

  @Test
  void textIsSaidAsOneLine() throws Exception {
    assertThat(shell.run("chat say lobby back in 'five  minutes'")).isEqualTo("said in lobby\n");
    assertThat(chat.calls).containsExactly("say in lobby: back in five  minutes");
  }

  @ParameterizedTest
  @CsvSource({
    "chat kick ann too much noise, kick ann: too much noise",
    "chat kick ann, 'kick ann: '"
  })
  void aUserIsKickedForAReasonOrForNone(String line, String call) throws Exception {
    assertThat(shell.run(line)).isEqualTo("connections of ann that ended: 2\n");
    assertThat(chat.calls).containsExactly(call);
  }

  @ParameterizedTest
  @CsvSource({
    "chat history lobby, history of lobby: 50 before 9223372036854775807",
    "chat history lobby 3, history of lobby: 3 before 9223372036854775807",
    "chat history lobby 3 --before 12, history of lobby: 3 before 12",
    "chat history --before '#12' lobby, history of lobby: 50 before 12",
  })
  void theHistoryIsAskedFor(String line, String call) throws Exception {
    shell.run(line);
    assertThat(chat.calls).containsExactly(call);
  }

  @Test
  void theHistoryIsListed() throws Exception {
    assertThat(shell.run("chat history lobby").lines().map(String::stripTrailing))
        .hasSize(3)
        .first()
        .asString()
        .matches("ID  Time +Message");
    assertThat(shell.run("chat history lobby")).contains(" 7  ").contains("  ** bob waves\n");
    JsonObject first =
        JsonParser.parseString(shell.run("chat history lobby --json"))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(first.get("id").getAsLong()).isEqualTo(7);
    assertThat(first.get("time").getAsString()).isEqualTo(FakeOperations.SENT.toString());
    assertThat(first.get("message").getAsString()).isEqualTo("Ann: hello");
  }

  /** In the words {@code _} stands for an empty one. */
  @ParameterizedTest
  @CsvSource({
    "chat _, history kick rooms say who",
    "chat who _, games lobby",
    "chat say l, lobby",
    "chat say lobby _, ''",
    "chat kick _, Ann bob",
    "chat history lobby --before _, ''",
    "chat history --before 7 g, games",
  })
  void namesOfRoomsAndOfThoseWhoAreThereComplete(String words, String candidates) {
    List<String> typed =
        Arrays.stream(words.split(" ")).map(word -> word.replace("_", "")).toList();
    List<String> expected = candidates.isEmpty() ? List.of() : List.of(candidates.split(" "));
    assertThat(shell.candidates(typed)).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat who a.b | chat who: a room's name is short",
        "chat say lobby '' | chat say: a message has 1 to 20 bytes",
        "chat say lobby | chat say: TEXT is missing; allowed is chat say ROOM TEXT; see: chat say"
            + " --help",
        "chat kick nobody | chat kick: nobody is not in the chat",
        "chat history lobby 0 | chat history: N 0: allowed is 1 to 1000; see: chat history --help",
        "chat history lobby 1001 | chat history: N 1001: allowed is 1 to 1000; see: chat history"
            + " --help",
        "chat history lobby --before x | chat history: --before x: allowed is a message's ID, as"
            + " chat history shows it; see: chat history --help",
        "chat | chat: a verb is missing; allowed are history, kick, rooms, say, who; see: chat"
            + " --help"
      })
  void aWrongArgumentIsToldWhatIsAllowed(String line, String message) {
    assertRefused(line, message);
  }

  private void assertRefused(String line, String message) {
    assertThatThrownBy(() -> shell.run(line))
        .isInstanceOf(CommandException.class)
        .hasMessage(message);
    assertThat(chat.calls).isEmpty();
  }
}
