package slipway.services.metrics.http;

import io.netty.buffer.ByteBufAllocator;

/**
 * A request for a page.
 *
 * @param query what stands behind the {@code ?} of its target; empty if nothing does
 * @param accept the formats that the client takes
 * @param encodings the encodings that the client takes
 * @param allocator makes buffers for the answer
 */
public record Request(
    String query, Preferences accept, Preferences encodings, ByteBufAllocator allocator) {

  /** Whether the query has a parameter, with any value or none. */
  public boolean has(String parameter) {
    for (String each : query.split("&")) {
      if (each.equals(parameter) || each.startsWith(parameter + "=")) {
        return true;
      }
    }
    return false;
  }
}
