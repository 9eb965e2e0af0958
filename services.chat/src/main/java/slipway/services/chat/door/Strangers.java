package slipway.services.chat.door;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes clients that speak another protocol, in few lines however many there are. From any thread.
 */
public final class Strangers {

  private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);
  private static final long PERIOD = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanos;
  private boolean noted;
  private long last;
  private long others;

  /**
   * Makes it.
   *
   * @param nanos the time in nanoseconds, from any origin
   */
  public Strangers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * A client is closed for its protocol.
   *
   * @return whether that has a line of its own in the log
   */
  public synchronized boolean note(SocketAddress address, String protocol) {
    long now = nanos.getAsLong();
    if (noted && now - last < PERIOD) {
      others++;
      return false;
    }
    if (others == 0) {
      LOG.info("closed {}: it speaks {}", address, protocol);
    } else {
      LOG.info("closed {}: it speaks {}; as were {} others before", address, protocol, others);
    }
    noted = true;
    last = now;
    others = 0;
    return true;
  }
}
