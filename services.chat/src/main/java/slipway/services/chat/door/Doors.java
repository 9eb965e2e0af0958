package slipway.services.chat.door;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.account.AccountName;
import slipway.services.chat.memory.Remembered;

/**
 * Counts connections by address, and tries of passwords by address and by name. An address of IPv6
 * stands for its /64 network, as a client with one address of it usually has all. Peers without an
 * address, those of Unix domain sockets, are not limited. Used from any thread.
 *
 * <p>A try counts from before the password is compared: so guesses that come together are limited
 * like those that come one by one. A name that is guessed from everywhere is shut as well, except
 * for addresses from which its user has logged in: so no attacker can lock users out of their own
 * homes.
 */
public final class Doors {

  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  /** Homes of users that are remembered; the oldest are forgotten first. */
  private static final int MOST_HOMES = 20_000;

  private final Map<Object, Integer> open = new HashMap<>();
  private final Tries addresses;
  private final Tries names;
  private final LogIns logIns;
  private final Tries refusals;
  private final Remembered<Home, Boolean> homes = new Remembered<>(MOST_HOMES);

  /** Where a user has logged in. */
  private record Home(Object address, String name) {}

  /** Whether a password may be compared. */
  public enum Verdict {
    /** It may. */
    OPEN,
    /** As many as may be wrong are being compared: it depends on how they end. */
    LATER,
    /** Too many were wrong, from this address. */
    ADDRESS_SHUT,
    /** Too many were wrong, for this name. */
    NAME_SHUT,
    /** Too many were right, from this address. */
    TOO_OFTEN
  }

  /**
   * Makes them.
   *
   * @param nanos the time in nanoseconds, from any origin
   */
  public Doors(LongSupplier nanos) {
    addresses = new Tries(nanos);
    names = new Tries(nanos);
    logIns = new LogIns(nanos);
    refusals = new Tries(nanos);
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

  /**
   * Counts a refusal, of whatever kind.
   *
   * @return how many the address has had, until ten minutes after the last of them
   */
  public synchronized int refused(SocketAddress address) {
    Object key = key(address);
    return key == null ? 1 : refusals.end(key, true);
  }

  /**
   * Asks whether a user may log in, who is let in if the password is right.
   *
   * @param ofAddress wrong passwords after which the address is shut out
   * @param ofName wrong passwords after which the name is
   * @param right log-ins from the address in ten minutes
   */
  public synchronized Try beginLogIn(
      SocketAddress address, AccountName name, int ofAddress, int ofName, int right) {
    Try begun = begin(address, name, ofAddress, ofName);
    if (begun.counted) {
      begun.logInOf(right);
    }
    return begun;
  }

  /**
   * Asks whether a password may be compared. If it may, the try counts as under way until one of
   * its methods says how it ended.
   *
   * @param ofAddress wrong passwords after which the address is shut out
   * @param ofName wrong passwords after which the name is
   */
  public synchronized Try begin(
      SocketAddress address, AccountName name, int ofAddress, int ofName) {
    Object key = key(address);
    if (key == null) {
      return new Try(Verdict.OPEN, null, name, address, ofAddress, ofName);
    }
    boolean home = homes.get(new Home(key, name.key())) != null;
    Verdict verdict = addresses.ask(key, ofAddress, Verdict.ADDRESS_SHUT);
    if (verdict == Verdict.OPEN && !home) {
      verdict = names.ask(name.key(), ofName, Verdict.NAME_SHUT);
    }
    if (verdict == Verdict.OPEN) {
      addresses.begin(key);
      names.begin(name.key());
    }
    return new Try(verdict, key, name, address, ofAddress, ofName);
  }

  /** One try of a password. */
  public final class Try {
    private final Object key;
    private final AccountName name;
    private final SocketAddress address;
    private final int ofAddress;
    private final int ofName;
    private Verdict verdict;
    private boolean counted;

    /** Log-ins that the address may have; 0 if this is none. */
    private int logIns;

    private Try(
        Verdict verdict,
        Object key,
        AccountName name,
        SocketAddress address,
        int ofAddress,
        int ofName) {
      this.verdict = verdict;
      this.key = key;
      this.name = name;
      this.address = address;
      this.ofAddress = ofAddress;
      this.ofName = ofName;
      this.counted = verdict == Verdict.OPEN && key != null;
    }

    private void logInOf(int most) {
      if (Doors.this.logIns.begin(key, most)) {
        logIns = most;
        return;
      }
      end(false);
      verdict = Verdict.TOO_OFTEN;
      if (Doors.this.logIns.mayTell(key)) {
        LOG.warn("shut out {}: {} log-ins in ten minutes", text(address), most);
      }
    }

    /** Whether it may be. */
    public Verdict verdict() {
      return verdict;
    }

    /** The password was right. */
    public void right() {
      synchronized (Doors.this) {
        logIns = 0; // stays counted
        if (end(false)) {
          Home home = new Home(key, name.key());
          if (homes.get(home) == null) {
            homes.put(home, true);
          }
        }
      }
    }

    /** Nothing was compared. */
    public void dropped() {
      synchronized (Doors.this) {
        end(false);
      }
    }

    /** The password was wrong. */
    public void wrong() {
      synchronized (Doors.this) {
        end(true);
      }
    }

    private boolean end(boolean wrong) {
      if (!counted) {
        return false;
      }
      counted = false;
      if (logIns > 0) {
        Doors.this.logIns.giveBack(key, logIns);
      }
      if (addresses.end(key, wrong) == ofAddress && wrong) {
        LOG.warn("shut out {}: {} wrong passwords in ten minutes", text(address), ofAddress);
      }
      if (names.end(name.key(), wrong) == ofName && wrong) {
        LOG.warn(
            "the name {} is shut to new addresses: {} wrong passwords in ten minutes",
            name,
            ofName);
      }
      return true;
    }
  }

  private static String text(SocketAddress address) {
    return NetUtil.toAddressString(((InetSocketAddress) address).getAddress());
  }

  /** What stands for an address; null if it is not limited. */
  public static Object key(SocketAddress address) {
    if (!(address instanceof InetSocketAddress socket)) {
      return null;
    }
    InetAddress host = socket.getAddress();
    return host instanceof Inet6Address ? ByteBuffer.wrap(host.getAddress(), 0, 8).getLong() : host;
  }
}
