package slipway.services.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A client of the service, on a blocking socket. */
final class Client implements AutoCloseable {

  /** What a program is told while its command runs. */
  static final String ALIVE = "\u0016";

  private final SocketChannel channel;

  Client(SocketAddress address) throws IOException {
    channel = SocketChannel.open(address);
  }

  Client send(String text) throws IOException {
    return send(text.getBytes(UTF_8));
  }

  Client send(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return this;
  }

  Client endOutput() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  /** Waits for text that ends as asked; fails if the connection ends before. */
  String receiveUntil(String ending) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (!received.toString(UTF_8).endsWith(ending)) {
      if (channel.read(one.clear()) < 0) {
        throw new IOException("ended after: " + received.toString(UTF_8));
      }
      received.write(one.get(0));
    }
    return received.toString(UTF_8);
  }

  /**
   * The same for a program, which is told every two seconds that its command still runs: that may
   * come on a busy machine whatever the command is, and is left out here.
   */
  String replyUntil(String ending) throws IOException {
    return receiveUntil(ending).replace(ALIVE, "");
  }

  /** Waits for a text that is repeated, checks it, and gives the line behind it. */
  String receiveUntilEndOf(String repeated, int times) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(repeated.length());
    for (int i = 0; i < times; i++) {
      buffer.clear();
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new IOException("ended after " + i);
        }
      }
      if (!new String(buffer.array(), UTF_8).equals(repeated)) {
        throw new IOException("something else came after " + i);
      }
    }
    return receiveUntil("\n");
  }

  /** Waits for the end of the connection. */
  String receiveAll() throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    while (channel.read(buffer.clear()) >= 0) {
      received.write(buffer.array(), 0, buffer.position());
    }
    return received.toString(UTF_8);
  }

  /** Sends a line, as a person or as a program, and gives its reply. */
  String ask(String line) throws IOException {
    send(line + "\0");
    String reply = line.indexOf(Request.PROGRAM) < 0 ? receiveUntil("\0") : replyUntil("\0");
    return reply.substring(0, reply.length() - 1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
