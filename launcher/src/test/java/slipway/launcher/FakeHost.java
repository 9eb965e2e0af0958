package slipway.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A host's admin socket that answers what a test says. */
final class FakeHost implements AutoCloseable {

  /** What a request is answered with, the last line included; null is no answer. */
  interface Script {
    String reply(String request);
  }

  final List<String> requests = new CopyOnWriteArrayList<>();

  /** Where clients have said that they are. */
  final List<String> folders = new CopyOnWriteArrayList<>();

  final CountDownLatch asked = new CountDownLatch(1);

  /** Counted down when a client has gone. */
  final CountDownLatch left = new CountDownLatch(1);

  private final ServerSocketChannel server;
  private final Script script;
  private final boolean bytes;
  private final Thread acceptor;

  /** A host that is told requests, and tells replies, without what frames them. */
  FakeHost(Path socket, Script script) throws IOException {
    this(socket, script, false);
  }

  /** A host that is told and tells every byte. */
  static FakeHost ofBytes(Path socket, Script script) throws IOException {
    return new FakeHost(socket, script, true);
  }

  private FakeHost(Path socket, Script script, boolean bytes) throws IOException {
    this.script = script;
    this.bytes = bytes;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    acceptor = Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      InputStream in = Channels.newInputStream(client);
      OutputStream out = Channels.newOutputStream(client);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        request.write(b);
        if (b != 0) {
          continue;
        }
        String sent = request.toString(StandardCharsets.UTF_8);
        request.reset();
        if (!bytes && sent.charAt(0) == '\u0001') {
          folders.add(sent.substring(1, sent.length() - 1));
          continue;
        }
        String line = framed(sent);
        requests.add(line);
        asked.countDown();
        String reply = script.reply(line);
        if (reply != null) {
          out.write((bytes ? reply : reply + '\0').getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException gone) {
      // as the end of its input
    } finally {
      left.countDown();
    }
  }

  private String framed(String request) throws IOException {
    if (bytes) {
      return request;
    }
    if (request.charAt(0) != '\u0002') {
      throw new IOException("not of a program: " + request);
    }
    return request.substring(1, request.length() - 1);
  }

  /** When it returns nobody listens any more. */
  @Override
  public void close() throws IOException {
    server.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
