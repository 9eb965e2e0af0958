package slipway.services.metrics.scrape;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * Makes scrapes, one at a time, in a thread of its own; a few wait for their turn. What a scrape
 * gives is written once, into the buffer that goes to the client.
 */
public final class Scraper implements AutoCloseable {

  private static final int MOST_WAITING = 16;
  private static final int SMALLEST = 4096;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("slipway-metrics-scrape").factory());
  private final Gathering gathering;

  /** How large the last one was, so that the buffer need not grow. */
  private int expected = SMALLEST;

  /** Scrapes meters. */
  public Scraper(Meters meters) {
    this(meters::contributors, Gathering.Limits.USUAL);
  }

  Scraper(Supplier<List<Contributor>> contributors, Gathering.Limits limits) {
    gathering = new Gathering(contributors, limits, System::nanoTime);
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Asks all meters, now or when it is its turn. May be called from any thread, and does not wait.
   *
   * @param zips whether the text is compressed by gzip
   * @return the text, which the one that gets it releases; fails with {@link Busy} if too many wait
   */
  public CompletionStage<ByteBuf> scrape(Format format, boolean zips, ByteBufAllocator allocator) {
    CompletableFuture<ByteBuf> text = new CompletableFuture<>();
    try {
      thread.execute(() -> complete(text, format, zips, allocator));
    } catch (RejectedExecutionException full) {
      text.completeExceptionally(new Busy(MOST_WAITING));
    }
    return text;
  }

  private void complete(
      CompletableFuture<ByteBuf> text, Format format, boolean zips, ByteBufAllocator allocator) {
    ByteBuf buffer = null;
    try {
      var snapshots = Snapshots.of(gathering.gather());
      buffer = allocator.buffer(expected);
      try (OutputStream out = stream(buffer, zips)) {
        format.writer().write(out, snapshots);
      }
      expected = Math.max(SMALLEST, buffer.readableBytes() + buffer.readableBytes() / 8);
      text.complete(buffer);
    } catch (InterruptedException | IOException | RuntimeException failed) {
      if (buffer != null) {
        buffer.release();
      }
      text.completeExceptionally(failed);
    }
  }

  private static OutputStream stream(ByteBuf buffer, boolean zips) throws IOException {
    OutputStream plain = new ByteBufOutputStream(buffer);
    return zips ? new GZIPOutputStream(plain) : plain;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    gathering.close();
  }
}
