package slipway.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.service.FakeConnection;

/** A million packets, in and out, cost no memory. */
class AllocationTest {

  private static final int ROUNDS = 50;
  private static final int BATCHES = 200;
  private static final int PACKETS = 100;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Level level = ResourceLeakDetector.getLevel();

  /** The search for leaks makes objects for each buffer. */
  @BeforeEach
  void searchForNoLeaks() {
    ResourceLeakDetector.setLevel(Level.DISABLED);
  }

  @AfterEach
  void searchForLeaksAgain() {
    ResourceLeakDetector.setLevel(level);
  }

  /** Echoes. */
  private static final class Echo extends PacketService {
    private long echoed;

    private Echo() {
      super(new Packets(connection -> PacketSettings.usual(format)));
    }

    @Override
    protected void packet(PacketSession session, PacketReader packet) {
      int type = packet.u16();
      long account = packet.i64();
      long tick = packet.i64();
      packet.end();
      session.write(type).i64(account).i64(tick).send();
      echoed++;
    }
  }

  private static PacketFormat format;

  /** The way to a peer that takes everything. */
  private static final class Wire extends ChannelOutboundHandlerAdapter {
    private long bytes;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      bytes += ((ByteBuf) message).readableBytes();
      ReferenceCountUtil.release(message);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      // nothing waits
    }
  }

  private static byte[] packets() {
    ByteBuf all = PooledByteBufAllocator.DEFAULT.buffer();
    for (int i = 0; i < PACKETS; i++) {
      try (Packet packet =
          PacketBuilder.of(PooledByteBufAllocator.DEFAULT, 5000).i64(i).i64(7).build()) {
        packet.encoded(format).copyTo(all);
      }
    }
    byte[] bytes = ByteBufUtil.getBytes(all);
    all.release();
    return bytes;
  }

  @ParameterizedTest
  @MethodSource("slipway.packet.PacketCutterTest#formats")
  void aPacketThatIsReadAndAnsweredCostsNoMemory(PacketFormat served) throws Exception {
    format = served;
    Echo echo = new Echo();
    Wire wire = new Wire();
    EmbeddedChannel channel = new EmbeddedChannel(wire);
    channel.config().setAllocator(PooledByteBufAllocator.DEFAULT);
    echo.attach(new FakeConnection(channel, null));
    channel.pipeline().fireChannelActive();
    byte[] sent = packets();
    long buffers =
        allocated(
            () -> {
              channel.alloc().buffer(sent.length).writeBytes(sent).release();
              channel.alloc().buffer(sent.length).writeZero(sent.length).release();
            });
    long all =
        allocated(
            () -> {
              ByteBuf bytes = channel.alloc().buffer(sent.length).writeBytes(sent);
              channel.pipeline().fireChannelRead(bytes).fireChannelReadComplete();
            });
    assertThat(echo.echoed).isEqualTo((long) ROUNDS * BATCHES * PACKETS);
    assertThat(wire.bytes).isEqualTo((long) ROUNDS * BATCHES * sent.length);
    assertThat(all - buffers).as("bytes for %d packets", BATCHES * PACKETS).isLessThan(BATCHES);
    channel.close();
  }

  /** The bytes of a round of batches, once the compiler has settled. */
  private long allocated(Runnable batch) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < BATCHES; i++) {
        batch.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
