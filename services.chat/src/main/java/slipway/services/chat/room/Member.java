package slipway.services.chat.room;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import slipway.service.Delimiter;
import slipway.services.chat.text.Day;
import slipway.services.chat.user.User;

/**
 * A device in a room. Confined to its connection's event loop.
 *
 * <p>It enters loading: what happens in the room meanwhile waits until it has been shown what was
 * before. The number {@code seen} parts the two, so that nothing is missing and nothing doubled.
 */
public final class Member {

  private final User user;
  private final long connection;
  private final ChannelHandlerContext out;
  private final Delimiter delimiter;
  private final Backlog backlog;
  private final LastDay told;
  private final Queue<Batch> missed = new ArrayDeque<>();
  private long missedBytes;
  private boolean loading = true;
  private boolean gone;
  private long seen;

  /**
   * Makes one.
   *
   * @param out where encoded lines are written, before any encoder
   * @param backlog what waits for its connection
   * @param told the day that its connection was told last
   */
  public Member(
      User user,
      long connection,
      ChannelHandlerContext out,
      Delimiter delimiter,
      Backlog backlog,
      LastDay told) {
    this.user = user;
    this.connection = connection;
    this.out = out;
    this.delimiter = delimiter;
    this.backlog = backlog;
    this.told = told;
  }

  /** The number of the last message that it has been given. */
  public long seen() {
    return seen;
  }

  /** What comes behind this number is to be given to it. */
  void seen(long upTo) {
    seen = Math.max(seen, upTo);
  }

  /** Numbers have begun anew: what comes behind this one is to be given to it. */
  public void restart(long last) {
    seen = last;
  }

  /**
   * It has been shown what was before.
   *
   * @param limit bytes that may wait for it
   */
  public void loaded(long limit) {
    loading = false;
    missedBytes = 0;
    for (Batch batch = missed.poll(); batch != null; batch = missed.poll()) {
      give(batch, limit);
      batch.release();
    }
    out.flush();
  }

  /** Gives it lines. */
  void deliver(Batch batch, long limit) {
    if (gone) {
      return;
    }
    if (loading) {
      missedBytes += batch.bytes(delimiter);
      if (missedBytes > limit) {
        leave();
        backlog.tooSlow();
      } else {
        missed.add(batch.retain());
      }
      return;
    }
    give(batch, limit);
    out.flush();
  }

  private void give(Batch batch, long limit) {
    if (backlog.admits(limit)) {
      write(batch);
    } else {
      batch.retain();
      backlog.hold(
          () -> {
            write(batch);
            out.flush();
            batch.release();
          },
          batch::release);
    }
  }

  private void write(Batch batch) {
    if (gone || out.channel().unsafe().outboundBuffer() == null) {
      return; // or closed
    }
    int from = 0;
    for (int line = 0; line < batch.size(); line++) {
      if (!batch.isFor(line, user, connection, seen)) {
        slice(batch, from, line);
        from = line + 1;
      }
    }
    slice(batch, from, batch.size());
    seen = Math.max(seen, batch.last());
  }

  private void slice(Batch batch, int from, int to) {
    if (from < to) {
      ByteBuf lines = batch.slice(from, to, delimiter);
      boolean turns = batch.day() != null && told.turns(batch.day());
      out.write(turns ? behind(batch.day(), lines) : lines, out.voidPromise());
    }
  }

  private ByteBuf behind(Day day, ByteBuf lines) {
    ByteBuf line = out.alloc().buffer();
    line.writeCharSequence(day.line(), StandardCharsets.UTF_8);
    line.writeBytes(delimiter.bytes());
    return out.alloc().compositeBuffer(2).addComponents(true, line, lines);
  }

  /** It gets nothing more, except for what was held back for a moment. */
  void leave() {
    if (!gone) {
      backlog.writeHeld();
      gone = true;
    }
    missed.forEach(Batch::release);
    missed.clear();
  }
}
