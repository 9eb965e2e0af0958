package slipway.server.packet;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One kind of the memory from which the buffers of all connections come. What an allocator does not
 * tell is null.
 *
 * @param memory direct or heap
 * @param reserved bytes that the allocator has of the system
 * @param inUse how many of them buffers have
 * @param buffers how many have some
 * @param chunks of how many pieces the reserved memory consists
 * @param caches how many threads keep some for themselves
 */
record Pool(String memory, long reserved, Long inUse, Long buffers, Long chunks, Integer caches) {

  /** Those of an allocator; none if it tells nothing. */
  static List<Pool> of(ByteBufAllocator allocator) {
    if (allocator instanceof PooledByteBufAllocator pooled) {
      PooledByteBufAllocatorMetric metric = pooled.metric();
      return List.of(
          arenas("direct", metric.usedDirectMemory(), metric, metric.directArenas()),
          arenas("heap", metric.usedHeapMemory(), metric, metric.heapArenas()));
    }
    if (allocator instanceof ByteBufAllocatorMetricProvider provider) {
      ByteBufAllocatorMetric metric = provider.metric();
      return List.of(
          new Pool("direct", metric.usedDirectMemory(), null, null, null, null),
          new Pool("heap", metric.usedHeapMemory(), null, null, null, null));
    }
    return List.of();
  }

  private static Pool arenas(
      String memory,
      long reserved,
      PooledByteBufAllocatorMetric allocator,
      List<PoolArenaMetric> arenas) {
    return new Pool(
        memory,
        reserved,
        sum(arenas, PoolArenaMetric::numActiveBytes),
        sum(arenas, PoolArenaMetric::numActiveAllocations),
        sum(arenas, PoolArenaMetric::numActiveChunks),
        allocator.numThreadLocalCaches());
  }

  private static long sum(List<PoolArenaMetric> arenas, ToLongFunction<PoolArenaMetric> value) {
    return arenas.stream().mapToLong(value).sum();
  }
}
