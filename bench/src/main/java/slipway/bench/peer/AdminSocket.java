package slipway.bench.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A host's admin socket: a command line in, its text out. One connection, used by one thread. */
public final class AdminSocket implements AutoCloseable {

  private static final String SUCCESS = "Success";

  private final SocketChannel channel;

  private AdminSocket(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects to the host that runs in a folder. */
  public static AdminSocket of(Path home) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(home.resolve("var/run/admin.sock")));
    return new AdminSocket(channel);
  }

  /**
   * Executes a command.
   *
   * @return its text
   * @throws IOException with the host's words, if the command failed
   */
  public String execute(String command) throws IOException {
    String reply = ask(command);
    int last = lastLine(reply);
    if (!reply.substring(last).equals(SUCCESS)) {
      throw new IOException(command + ": " + reply.substring(last));
    }
    return reply.substring(0, last);
  }

  /** Executes a command that has a text, too, if it fails; gives that text. */
  public String look(String command) throws IOException {
    String reply = ask(command);
    return reply.substring(0, lastLine(reply));
  }

  private static int lastLine(String reply) {
    return reply.lastIndexOf('\n') + 1;
  }

  private String ask(String command) throws IOException {
    ByteBuffer request = StandardCharsets.UTF_8.encode(command + "\0");
    while (request.hasRemaining()) {
      channel.write(request);
    }
    return readReply();
  }

  private String readReply() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    while (channel.read(buffer.clear()) >= 0) {
      text.write(buffer.array(), 0, buffer.position());
      if (buffer.position() > 0 && buffer.get(buffer.position() - 1) == 0) {
        return text.toString(StandardCharsets.UTF_8).replace("\0", "");
      }
    }
    throw new IOException("the host has closed its admin socket");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
