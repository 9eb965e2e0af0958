package slipway.server.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What allocators tell of their memory. */
class PoolTest {

  private static final int SIZE = 100_000;

  @Test
  void aPooledAllocatorTellsWhatIsInUse() {
    PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    ByteBuf direct = allocator.directBuffer(SIZE);
    ByteBuf heap = allocator.heapBuffer(SIZE);

    List<Pool> pools = Pool.of(allocator);

    assertThat(pools).extracting(Pool::memory).containsExactly("direct", "heap");
    assertThat(pools)
        .allSatisfy(
            pool -> {
              assertThat(pool.buffers()).isEqualTo(1);
              assertThat(pool.inUse()).isGreaterThanOrEqualTo(SIZE);
              assertThat(pool.reserved()).isGreaterThanOrEqualTo(pool.inUse());
              assertThat(pool.chunks()).isEqualTo(1);
            });
    direct.release();
    heap.release();
  }

  @Test
  void anAdaptiveAllocatorTellsWhatIsReserved() {
    AdaptiveByteBufAllocator allocator = new AdaptiveByteBufAllocator(true);
    ByteBuf direct = allocator.directBuffer(SIZE);

    List<Pool> pools = Pool.of(allocator);

    assertThat(pools.getFirst().reserved()).isGreaterThanOrEqualTo(SIZE);
    assertThat(pools.getFirst().inUse()).isNull();
    direct.release();
  }
}
