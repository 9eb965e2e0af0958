package slipway.bots.report;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * A packet that was not what it should have been. Immutable.
 *
 * @param what is wrong with it
 * @param client that got it
 * @param expected its bytes as they should be
 * @param got its bytes as they are
 */
public record Fault(String what, long client, Bytes expected, Bytes got) {

  private static final int SHOWN = 32;
  private static final int BEFORE = 8;

  /** Bytes that do not change. */
  public static final class Bytes {

    private final byte[] all;

    private Bytes(byte[] all) {
      this.all = all;
    }

    /** Copies bytes of a buffer. */
    public static Bytes of(ByteBuf buffer, int from, int length) {
      return new Bytes(ByteBufUtil.getBytes(buffer, from, length));
    }

    /** Copies the readable bytes of a buffer. */
    public static Bytes of(ByteBuf buffer) {
      return new Bytes(ByteBufUtil.getBytes(buffer));
    }

    /** Bytes that somebody writes into a buffer. */
    public static Bytes written(Consumer<ByteBuf> writing) {
      ByteBuf buffer = Unpooled.buffer();
      writing.accept(buffer);
      return of(buffer);
    }

    private String hex(int from) {
      int end = Math.min(all.length, from + SHOWN);
      return from >= end ? "nothing" : HexFormat.ofDelimiter(" ").formatHex(all, from, end);
    }
  }

  /** Index of the first byte that differs; the length of the shorter if one is a part of it. */
  public int difference() {
    int at = Arrays.mismatch(expected.all, got.all);
    return at < 0 ? 0 : at;
  }

  /** Where the bytes begin that are shown. */
  int shownFrom() {
    return Math.max(0, difference() - BEFORE);
  }

  /** At most 32 bytes around the first difference, in hexadecimal. */
  String expectedHex() {
    return expected.hex(shownFrom());
  }

  /** As {@link #expectedHex}. */
  String gotHex() {
    return got.hex(shownFrom());
  }
}
