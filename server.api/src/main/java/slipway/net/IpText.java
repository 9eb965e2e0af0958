package slipway.net;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.osgi.annotation.versioning.ProviderType;

/** How IP addresses are shown: as RFC 5952 wants it, with the zone of those that need one. */
@ProviderType
public final class IpText {

  private IpText() {}

  /**
   * An address as text that can be read back, such as {@code 127.0.0.1}, {@code ::1} or {@code
   * fe80::1%eth0}.
   */
  public static String of(InetAddress address) {
    String zone =
        address instanceof Inet6Address scoped && scoped.getScopeId() != 0
            ? "%" + zone(scoped.getScopeId())
            : "";
    return NetUtil.toAddressString(address) + zone;
  }

  /** The name of the interface, or its number if it is not there. */
  private static String zone(int number) {
    try {
      NetworkInterface found = NetworkInterface.getByIndex(number);
      return found == null ? Integer.toString(number) : found.getName();
    } catch (SocketException unreadable) {
      return Integer.toString(number);
    }
  }
}
