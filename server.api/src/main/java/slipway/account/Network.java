package slipway.account;

import io.netty.util.NetUtil;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;

/**
 * A network of clients, or one client: {@code 192.0.2.7}, {@code 192.0.2.0/24}, {@code
 * 2001:db8::/48}. In IPv6 one client is a /64 network, as a client that has one address of it has
 * all. Immutable.
 */
public final class Network implements Comparable<Network> {

  /** What is allowed, for messages. */
  public static final String FORM =
      "an address such as 192.0.2.7 or 2001:db8::7, or a network such as 192.0.2.0/24 or"
          + " 2001:db8::/48, at least /8 of IPv4 or /16 of IPv6";

  private static final int BITS = 128;
  private static final int MAPPED = 96;
  private static final int CLIENT_PREFIX = 64;
  private static final int SHORTEST_IPV4 = MAPPED + 8;
  private static final int SHORTEST_IPV6 = 16;

  /** Of IPv6; those of IPv4 are mapped into it. */
  private final byte[] first;

  private final int prefix;

  private Network(byte[] address, int prefix) {
    this.first = masked(address, prefix, (byte) 0);
    this.prefix = prefix;
  }

  /** The network that stands for a client with an address. */
  public static Network of(InetAddress address) {
    return client(mapped(address.getAddress()));
  }

  /** The first /64 holds all of IPv4, and the loopback: there, one address is one client. */
  private static Network client(byte[] address) {
    boolean isAlone = Arrays.equals(masked(address, CLIENT_PREFIX, (byte) 0), new byte[16]);
    return new Network(address, isAlone ? BITS : CLIENT_PREFIX);
  }

  /**
   * Reads a network; no name is looked up.
   *
   * @throws IllegalArgumentException if the text is none; the message says what is allowed
   */
  public static Network parse(String text) {
    Objects.requireNonNull(text, "text");
    int slash = text.indexOf('/');
    byte[] read =
        NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
    if (read == null || text.indexOf('%') >= 0) {
      throw refused(text);
    }
    byte[] address = mapped(read);
    boolean isIpv4 = isMapped(address);
    if (slash < 0) {
      return client(address);
    }
    String length = text.substring(slash + 1);
    int offset = read.length == 4 ? MAPPED : 0;
    if (!length.matches("\\d{1,3}")) {
      throw refused(text);
    }
    int prefix = Integer.parseInt(length) + offset;
    if (prefix > BITS || prefix < (isIpv4 ? SHORTEST_IPV4 : SHORTEST_IPV6)) {
      throw refused(text);
    }
    Network network = new Network(address, prefix);
    if (!isIpv4 && Arrays.equals(masked(mapped(new byte[4]), prefix, (byte) 0), network.first)) {
      throw refused(text); // all of IPv4 would be in it
    }
    return network;
  }

  private static IllegalArgumentException refused(String text) {
    String shown = text.length() > 64 ? text.substring(0, 64) + "…" : text;
    return new IllegalArgumentException("\"" + shown + "\" is no network; allowed is " + FORM);
  }

  private static byte[] mapped(byte[] address) {
    if (address.length != 4) {
      return address;
    }
    byte[] all = new byte[16];
    all[10] = -1;
    all[11] = -1;
    System.arraycopy(address, 0, all, 12, 4);
    return all;
  }

  private static boolean isMapped(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == -1 && address[11] == -1;
  }

  private static byte[] masked(byte[] address, int prefix, byte rest) {
    byte[] masked = address.clone();
    for (int bit = prefix; bit < BITS; bit++) {
      int mask = 0x80 >> bit % 8;
      masked[bit / 8] = (byte) (rest == 0 ? masked[bit / 8] & ~mask : masked[bit / 8] | mask);
    }
    return masked;
  }

  /** The first address, as 16 bytes; those of IPv4 are mapped into IPv6. */
  public byte[] first() {
    return first.clone();
  }

  /** The last address, as 16 bytes. */
  public byte[] last() {
    return masked(first, prefix, (byte) 1);
  }

  /** Whether an address is in this network. */
  public boolean contains(InetAddress address) {
    return Arrays.equals(masked(mapped(address.getAddress()), prefix, (byte) 0), first);
  }

  /** As it is written; one address of IPv4 without a length. */
  @Override
  public String toString() {
    try {
      if (isMapped(first) && prefix >= MAPPED) {
        String address =
            InetAddress.getByAddress(Arrays.copyOfRange(first, 12, 16)).getHostAddress();
        return prefix == BITS ? address : address + "/" + (prefix - MAPPED);
      }
      String address = NetUtil.toAddressString(InetAddress.getByAddress(first));
      return client(first).prefix == BITS ? address : address + "/" + prefix;
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && prefix == network.prefix
        && Arrays.equals(first, network.first);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(first) + prefix;
  }

  /** By their first addresses, the larger network first. */
  @Override
  public int compareTo(Network other) {
    int order = new BigInteger(1, first).compareTo(new BigInteger(1, other.first));
    return order != 0 ? order : Integer.compare(prefix, other.prefix);
  }
}
