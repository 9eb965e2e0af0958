package slipway.services.chat.room;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import slipway.service.Delimiter;
import slipway.services.chat.store.Message;
import slipway.services.chat.text.Day;
import slipway.services.chat.user.User;

/**
 * Lines for everybody in a room, encoded once: one buffer that holds all lines with each of the
 * delimiters, of which everybody gets a slice. Immutable; its user releases it.
 */
public final class Batch {

  /** Behind every number that a message has, so that nobody has seen it. */
  private static final long UNSTORED = Long.MAX_VALUE;

  private static final Delimiter[] DELIMITERS = Delimiter.values();

  private final ByteBuf buffer;
  private final long[] ids;
  private final long[] origins;

  /** The senders; 0 is nobody. Boxed here once, and not for every member that may ignore one. */
  private final Long[] accounts;

  /** The day of which all of it is; null if it is shown without one. */
  private final Day day;

  /** The account whose devices get nothing of it; 0 if there is none. */
  private final long except;

  /** Where each line begins, of each delimiter; the last one is the end. */
  private final int[][] starts;

  private Batch(
      List<String> lines, long[] ids, long[] origins, Long[] accounts, Day day, long except) {
    this.day = day;
    this.ids = ids;
    this.origins = origins;
    this.accounts = accounts;
    this.except = except;
    this.starts = new int[DELIMITERS.length][lines.size() + 1];
    int size = 0;
    for (String line : lines) {
      size += ByteBufUtil.utf8Bytes(line);
    }
    buffer = ByteBufAllocator.DEFAULT.directBuffer(DELIMITERS.length * (size + 2 * lines.size()));
    for (Delimiter delimiter : DELIMITERS) {
      int[] start = starts[delimiter.ordinal()];
      for (int i = 0; i < lines.size(); i++) {
        start[i] = buffer.writerIndex();
        buffer.writeCharSequence(lines.get(i), StandardCharsets.UTF_8);
        buffer.writeBytes(delimiter.bytes());
      }
      start[lines.size()] = buffer.writerIndex();
    }
  }

  /**
   * Messages that are stored, in their order.
   *
   * @param day when all of them were
   */
  static Batch of(List<Message> messages, Day day) {
    return new Batch(
        messages.stream().map(Message::line).toList(),
        messages.stream().mapToLong(Message::id).toArray(),
        messages.stream().mapToLong(Message::origin).toArray(),
        messages.stream().map(Message::account).toArray(Long[]::new),
        day,
        0);
  }

  /**
   * One line that is not stored.
   *
   * @param about the account that it is about, which others may ignore; 0 if none
   * @param except the account whose devices do not get it; 0 if all do
   */
  static Batch notice(String line, long about, long except) {
    return new Batch(
        List.of(line), new long[] {UNSTORED}, new long[1], new Long[] {about}, null, except);
  }

  int size() {
    return ids.length;
  }

  /** The number of the last message; 0 if it is none that is stored. */
  long last() {
    long last = ids[ids.length - 1];
    return last == UNSTORED ? 0 : last;
  }

  /** The day of which all of it is; null if it is shown without one. */
  Day day() {
    return day;
  }

  /** Whether somebody gets a line. */
  boolean isFor(int line, User user, long connection, long after) {
    return ids[line] > after
        && (origins[line] == 0 || origins[line] != connection)
        && (except == 0 || except != user.id())
        && (accounts[line] == 0 || !user.ignored().containsKey(accounts[line]));
  }

  /** Lines with a delimiter, to be released by whom they are given to. */
  ByteBuf slice(int from, int to, Delimiter delimiter) {
    int[] start = starts[delimiter.ordinal()];
    return buffer.retainedSlice(start[from], start[to] - start[from]);
  }

  /** How long all lines are. */
  int bytes(Delimiter delimiter) {
    int[] start = starts[delimiter.ordinal()];
    return start[size()] - start[0];
  }

  Batch retain() {
    buffer.retain();
    return this;
  }

  void release() {
    buffer.release();
  }
}
