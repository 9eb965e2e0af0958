package slipway.services.chat.text;

import io.netty.buffer.ByteBuf;
import slipway.service.Delimiter;

/**
 * Makes one line end of all that terminals send: CR LF, CR NUL (RFC 854) and CR alone become CR LF,
 * as soon as the CR is there; LF stays. A session whose first end of a message is a NUL is a
 * program's: a CR is a byte like others there.
 */
final class LineEnds {

  /** What ends this session's messages. */
  private enum Ends {
    UNKNOWN,
    LINES,
    NULS
  }

  private Ends ends;

  /** Whether the last byte was a CR, which has ended a line. */
  private boolean afterReturn;

  /**
   * Makes it.
   *
   * @param known what ends the connection's messages; null if that is not known
   * @param afterReturn whether a CR came last
   */
  LineEnds(Delimiter known, boolean afterReturn) {
    this.ends = known == null ? Ends.UNKNOWN : known == Delimiter.NUL ? Ends.NULS : Ends.LINES;
    this.afterReturn = afterReturn;
  }

  boolean isAfterReturn() {
    return afterReturn;
  }

  /** Whether all bytes pass as they are; if so, they are taken to have passed. */
  boolean pass(ByteBuf bytes) {
    if (afterReturn) {
      return false;
    }
    Ends known = ends;
    int end = bytes.writerIndex();
    for (int i = bytes.readerIndex(); i < end; i++) {
      byte value = bytes.getByte(i);
      if (value == '\r' && known != Ends.NULS) {
        i++;
        if (i == end || bytes.getByte(i) != '\n') {
          return false;
        }
        known = Ends.LINES;
      } else if (known == Ends.UNKNOWN) {
        known = value == 0 ? Ends.NULS : value == '\n' ? Ends.LINES : known;
      }
    }
    ends = known;
    return true;
  }

  /** Takes one byte, and writes what it becomes. */
  void take(byte value, ByteBuf out) {
    boolean ended = afterReturn;
    afterReturn = false;
    if (ended && (value == '\n' || value == 0)) {
      return;
    }
    if (value == '\r' && ends != Ends.NULS) {
      afterReturn = true;
      ends = Ends.LINES;
      out.writeByte('\r').writeByte('\n');
      return;
    }
    if (ends == Ends.UNKNOWN) {
      ends = value == 0 ? Ends.NULS : value == '\n' ? Ends.LINES : ends;
    }
    out.writeByte(value);
  }
}
