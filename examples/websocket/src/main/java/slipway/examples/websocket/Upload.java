package slipway.examples.websocket;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import slipway.service.Handed;

/**
 * What has come of an upload: its length, and what is needed for its digest. None of it is kept.
 */
final class Upload {

  private static final String DIGEST = "digest";
  private static final String LENGTH = "length";

  private final MessageDigest digest;
  private long length;

  private Upload(MessageDigest digest, long length) {
    this.digest = digest;
    this.length = length;
  }

  /** One of which nothing has come. */
  static Upload begin() {
    try {
      return new Upload(MessageDigest.getInstance("SHA-256"), 0);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** One that another version has begun; null if it has begun none. */
  static Upload goOn(Handed handed) {
    return handed.toMap().get(DIGEST) instanceof MessageDigest digest
        ? new Upload(digest, handed.number(LENGTH).orElse(0))
        : null;
  }

  /** For another version: the digest is an object of the JDK's, so it knows it, too. */
  Map<String, Object> state() {
    Map<String, Object> state = new HashMap<>();
    state.put(DIGEST, digest);
    state.put(LENGTH, length);
    return state;
  }

  void add(ByteBuf bytes) {
    length += bytes.readableBytes();
    digest.update(bytes.nioBuffer());
  }

  long length() {
    return length;
  }

  /** The digest in hexadecimal digits, and the length; nothing can be added any more. */
  String end() {
    return HexFormat.of().formatHex(digest.digest()) + " " + length + "\n";
  }
}
