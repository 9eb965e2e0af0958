package slipway.services.admin;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import slipway.services.admin.Request.Kind;

/**
 * Cuts what a client sends into requests. For one thread.
 *
 * <p>A request of a program begins with STX and ends with NUL, and all between is data. Any other
 * one ends with LF, CRLF or NUL, except that a line end inside quotes belongs to the text, as in a
 * shell: what stands in quotes never becomes a command of its own. Before a request there may be
 * SOH and the folder that the client is in, up to a NUL.
 */
final class RequestReader {

  /** Length in bytes, without the delimiter, above which a request is refused. */
  static final int MAX_LENGTH = 8 * 1024;

  private final InputStream in;

  /** Whether a client that can be asked has spoken: what follows may be answers, not commands. */
  private boolean answers;

  RequestReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** Waits for the next request; null when there are no more. */
  Request next() throws IOException {
    int first = in.read();
    return first == Request.FOLDER ? inFolder() : next(first);
  }

  /** What stands behind the name of a folder. */
  private Request inFolder() throws IOException {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (int value = in.read(); value != 0; value = in.read()) {
      if (value < 0) {
        return last("the name of the folder is not ended by NUL", true);
      }
      if (name.size() == MAX_LENGTH) {
        return last("the name of the folder is longer than " + MAX_LENGTH + " bytes", true);
      }
      name.write(value);
    }
    Request request = next(in.read());
    try {
      Path folder = Path.of(name.toString(StandardCharsets.UTF_8));
      if (request == null || folder.isAbsolute()) {
        return request == null ? null : request.in(folder);
      }
    } catch (InvalidPathException noFolder) {
      // refused below
    }
    return new Request(
        Kind.REFUSED,
        "the name of the folder is no absolute path",
        false,
        false,
        request.endsWithNul(),
        request.program());
  }

  private Request next(int first) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int value = first;
    boolean program = value == Request.PROGRAM;
    if (program) {
      value = in.read();
    }
    for (; value >= 0; value = in.read()) {
      if (value == 0 || value == '\n' && !program && isWhole(line)) {
        return request(line.toByteArray(), value == 0, program);
      }
      if (line.size() > MAX_LENGTH) {
        return tooLong(program);
      }
      line.write(value);
    }
    if (line.size() == 0 && !program) {
      return null;
    }
    String missing = program ? "NUL" : "LF, CRLF or NUL";
    String open = program || isWhole(line) ? "" : ", and a quote in it is open";
    return last("the command line is not ended by " + missing + open, program);
  }

  /** Whether a line end behind this ends a request. */
  private boolean isWhole(ByteArrayOutputStream line) {
    return answers || !Quotes.areOpen(line.toString(StandardCharsets.UTF_8));
  }

  private Request request(byte[] bytes, boolean nul, boolean program) {
    int length = bytes.length;
    if (!nul && length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    if (length > MAX_LENGTH) {
      return tooLong(nul);
    }
    byte last = length == 0 ? 0 : bytes[length - 1];
    boolean completion = last == Request.COMPLETE;
    boolean told = last == Request.TELL && program;
    boolean asked = last == Request.ASK && nul || told;
    answers |= asked;
    try {
      ByteBuffer text = ByteBuffer.wrap(bytes, 0, completion || asked ? length - 1 : length);
      return new Request(
          completion ? Kind.COMPLETION : Kind.COMMAND,
          StandardCharsets.UTF_8.newDecoder().decode(text).toString(),
          asked,
          told,
          nul,
          program);
    } catch (CharacterCodingException malformed) {
      return new Request(Kind.REFUSED, "the command line is not UTF-8", false, false, nul, program);
    }
  }

  private static Request tooLong(boolean nul) {
    return last("the command line is longer than " + MAX_LENGTH + " bytes", nul);
  }

  /** Nothing behind this can be understood. */
  private static Request last(String why, boolean nul) {
    return new Request(Kind.LAST, why, false, false, nul, nul);
  }
}
