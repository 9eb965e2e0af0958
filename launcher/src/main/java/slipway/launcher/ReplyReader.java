package slipway.launcher;

import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import slipway.launcher.Question.Kind;

/**
 * Tells a reply's text from its last line, while the text is still arriving.
 *
 * <p>A reply is text, then a line {@code Success}, {@code Error: …} or a question, then NUL. Text
 * is passed on as it comes; only what may turn out to be the last line is held back until it is
 * clear. Before that, lines {@code Waits: …} with a NUL each may say what the command waits for.
 */
final class ReplyReader {

  private static final String SUCCESS = "Success";
  private static final String ERROR = "Error: ";
  private static final String WAITS = "Waits: ";
  private static final List<String> LAST =
      Stream.concat(Stream.of(ERROR, WAITS), Stream.of(Kind.values()).map(Kind::prefix)).toList();

  /** What a host says to say something; text has none. */
  private static final char ALIVE = '\u0016';

  private final Reader in;
  private final char[] buffer = new char[8192];
  private int next;
  private int end;

  ReplyReader(Reader in) {
    this.in = in;
  }

  /**
   * Reads one reply; blocks until it has ended.
   *
   * @param text takes the text, piece by piece
   * @param waits takes what the command waits for
   * @return how the command ended, or what it asks
   * @throws EOFException if the host ends the connection before the reply has ended
   */
  Reply read(Consumer<String> text, Consumer<String> waits) throws IOException {
    StringBuilder line = new StringBuilder();
    boolean held = true;
    while (true) {
      if (next == end) {
        if (!held && !line.isEmpty()) {
          text.accept(line.toString());
          line.setLength(0);
        }
        fill();
      }
      char c = buffer[next++];
      if (c == ALIVE) {
        continue;
      }
      if (c == 0 && line.indexOf(WAITS) == 0) {
        waits.accept(line.substring(WAITS.length()));
        line.setLength(0);
        continue;
      }
      if (c == 0) {
        return reply(line.toString(), text);
      }
      line.append(c);
      if (c == '\n') {
        text.accept(line.toString());
        line.setLength(0);
        held = true;
      } else if (held) {
        held = mayBeLast(line);
      }
    }
  }

  private void fill() throws IOException {
    next = 0;
    end = in.read(buffer);
    if (end < 0) {
      end = 0;
      throw new EOFException("the host ended the connection");
    }
  }

  private static boolean mayBeLast(CharSequence read) {
    String line = read.toString();
    return SUCCESS.startsWith(line)
        || LAST.stream().anyMatch(last -> last.startsWith(line) || line.startsWith(last));
  }

  private static Reply reply(String last, Consumer<String> text) throws IOException {
    if (last.equals(SUCCESS)) {
      return Reply.SUCCESS;
    }
    if (last.startsWith(ERROR)) {
      return new Reply(last.substring(ERROR.length()));
    }
    Optional<Question> question = Question.of(last);
    if (question.isPresent()) {
      return Reply.asking(question.get());
    }
    text.accept(last);
    throw new IOException("the host's reply has no last line");
  }
}
