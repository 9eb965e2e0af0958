package slipway.server.world;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What a world saves for another version. */
final class Saving {

  private Saving() {}

  /**
   * Has the version that runs a world save it; in the world's loop.
   *
   * @throws IOException as it throws
   */
  static byte[] save(HostWorld world) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      world.tenure().world().save(out);
    }
    return bytes.toByteArray();
  }
}
