package slipway.services.chat.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts connections and wrong passwords by address. An address of IPv6 stands for its /64 network,
 * as whoever has one has all of it. Peers without an address, those of Unix domain sockets, are not
 * limited. Used from any thread.
 */
public final class Doors {

  private static final long MEMORY = Duration.ofMinutes(10).toNanos();

  /** Addresses with wrong passwords that are remembered; the oldest are forgotten first. */
  private static final int MOST_REMEMBERED = 100_000;

  private final LongSupplier nanos;
  private final Map<Object, Integer> open = new LinkedHashMap<>();
  private final Map<Object, Failures> failures = new LinkedHashMap<>();

  private record Failures(int count, long last) {}

  /**
   * Makes them.
   *
   * @param nanos the time in nanoseconds, from any origin
   */
  public Doors(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Counts a connection in.
   *
   * @param most how many an address may have
   * @return false if it has as many
   */
  public synchronized boolean enter(SocketAddress address, int most) {
    Object key = key(address);
    if (key != null && open.getOrDefault(key, 0) >= most) {
      return false;
    }
    admit(address);
    return true;
  }

  /** Counts a connection in that has been let in already. */
  public synchronized void admit(SocketAddress address) {
    Object key = key(address);
    if (key != null) {
      open.merge(key, 1, Integer::sum);
    }
  }

  /** Counts a connection out. */
  public synchronized void leave(SocketAddress address) {
    Object key = key(address);
    if (key != null) {
      open.computeIfPresent(key, (same, count) -> count > 1 ? count - 1 : null);
    }
  }

  /** Whether an address may try a password. */
  public synchronized boolean mayTry(SocketAddress address, int most) {
    Object key = key(address);
    if (key == null) {
      return true;
    }
    Failures known = failures.get(key);
    if (known != null && nanos.getAsLong() - known.last() > MEMORY) {
      failures.remove(key);
      return true;
    }
    return known == null || known.count() < most;
  }

  /** A password was wrong. */
  public synchronized void failed(SocketAddress address) {
    Object key = key(address);
    if (key == null) {
      return;
    }
    Failures known = failures.remove(key);
    long now = nanos.getAsLong();
    boolean fresh = known == null || now - known.last() > MEMORY;
    failures.put(key, new Failures(fresh ? 1 : known.count() + 1, now));
    if (failures.size() > MOST_REMEMBERED) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  private static Object key(SocketAddress address) {
    if (!(address instanceof InetSocketAddress socket)) {
      return null;
    }
    InetAddress host = socket.getAddress();
    return host instanceof Inet6Address ? ByteBuffer.wrap(host.getAddress(), 0, 8).getLong() : host;
  }
}
