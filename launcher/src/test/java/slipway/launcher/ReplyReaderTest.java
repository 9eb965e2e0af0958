package slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

  private final List<String> shown = new ArrayList<>();
  private final List<String> waits = new ArrayList<>();

  @Test
  void textComesBeforeTheLastLine() throws IOException {
    Reply reply = read("one\ntwo\nSuccess\0");

    assertThat(reply.succeeded()).isTrue();
    assertThat(String.join("", shown)).isEqualTo("one\ntwo\n");
  }

  @Test
  void theLastLineOfAFailureIsItsMessage() throws IOException {
    Reply reply = read("one\nError: there is no service x\0");

    assertThat(reply.error()).isEqualTo("there is no service x");
    assertThat(shown).containsExactly("one\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Success\n",
        "Error: none\n",
        "Succeeded\n",
        "Err\n",
        "\n",
        "Success!\n",
        "Secret: x\n",
        "Line: \n",
        "Sec\n"
      })
  void textMayLookLikeALastLine(String text) throws IOException {
    assertThat(read(text + "Success\0").succeeded()).isTrue();
    assertThat(String.join("", shown)).isEqualTo(text);
  }

  @Test
  void textIsShownAsItComesEvenWithoutALineEnd() throws IOException {
    List<String> shownBefore = new ArrayList<>();
    Queue<String> packets = new ArrayDeque<>(List.of("wait", "ing", "...\nSucc", "ess\0"));
    Reader slow =
        new Reader() {
          @Override
          public int read(char[] buffer, int offset, int length) {
            shownBefore.add(String.join("", shown));
            String packet = packets.remove();
            packet.getChars(0, packet.length(), buffer, offset);
            return packet.length();
          }

          @Override
          public void close() {}
        };

    assertThat(new ReplyReader(slow).read(shown::add, waits::add).succeeded()).isTrue();

    assertThat(shownBefore).containsExactly("", "wait", "waiting", "waiting...\n");
  }

  @Test
  void whatSaysThatTheHostLivesIsNoText() throws IOException {
    assertThat(read("\u0016one\u0016\n\u0016Succ\u0016ess\u0016\0").succeeded()).isTrue();
    assertThat(String.join("", shown)).isEqualTo("one\n");
  }

  @Test
  void whatACommandWaitsForIsNoTextAndNoEnd() throws IOException {
    String bytes = "one\nWaits: x waits for a\0two\nWaits: no NUL\n\u0016Waits: for b\0Success\0";
    assertThat(read(bytes).succeeded()).isTrue();
    assertThat(waits).containsExactly("x waits for a", "for b");
    assertThat(String.join("", shown)).isEqualTo("one\ntwo\nWaits: no NUL\n");
  }

  @Test
  void oneReplyFollowsTheOther() throws IOException {
    ReplyReader replies = new ReplyReader(new StringReader("a\nSuccess\0Error: b\0"));

    assertThat(replies.read(shown::add, waits::add).succeeded()).isTrue();
    assertThat(replies.read(shown::add, waits::add).error()).isEqualTo("b");
    assertThat(shown).containsExactly("a\n");
  }

  @Test
  void anEndInMidReplyIsAFailure() {
    assertThatThrownBy(() -> read("one\nSuccess")).isInstanceOf(EOFException.class);
    assertThat(shown).containsExactly("one\n");
  }

  @Test
  void aReplyWithoutALastLineIsAFailure() {
    assertThatThrownBy(() -> read("hello\0")).hasMessageContaining("no last line");
  }

  private Reply read(String bytes) throws IOException {
    return new ReplyReader(new StringReader(bytes)).read(shown::add, waits::add);
  }
}
