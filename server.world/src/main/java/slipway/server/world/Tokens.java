package slipway.server.world;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens with which peers come back to the sessions of a service. A session is found by the
 * digest of its token, so that the time that this takes tells nothing of the tokens that there are.
 *
 * <p>May be used from any thread.
 */
final class Tokens {

  static final int LENGTH = 16;

  private final SecureRandom random = new SecureRandom();
  private final Map<Long, HostSession> sessions = new ConcurrentHashMap<>();

  /** A new one, for a session. */
  byte[] give(HostSession session) {
    byte[] token = new byte[LENGTH];
    random.nextBytes(token);
    sessions.put(key(token), session);
    return token;
  }

  /**
   * Claims the session that has given a token, for the connection of another one.
   *
   * @param position up to which its peer has got what it was sent
   * @return null if there is none that can be had so
   */
  HostSession claim(byte[] token, long position, HostSession other) {
    HostSession found = token.length == LENGTH ? sessions.get(key(token)) : null;
    boolean claimed =
        found != null
            && found != other
            && found.link().claim(token, position, other.packets().settings().format());
    return claimed ? found : null;
  }

  /** A token is worthless from now on. */
  void forget(byte[] token) {
    sessions.remove(key(token));
  }

  private static long key(byte[] token) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token)).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
