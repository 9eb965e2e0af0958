package slipway.itest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A client of the host, on a socket of the JDK's. */
final class Client implements AutoCloseable {

  private static final int MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream input;

  /** Connects, and names no service. */
  Client(int port) throws IOException {
    socket.setSoTimeout(MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
    input = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects, asks for a service, and reads the reply. */
  static Client of(String service, int port) throws IOException {
    Client client = new Client(port);
    client.send(service + "\n");
    String reply = client.line();
    if (!reply.equals(service)) {
      throw new IOException("refused: " + reply);
    }
    return client;
  }

  /** From now on reading waits as long as it takes: for a test that has a deadline of its own. */
  Client withoutDeadline() throws IOException {
    socket.setSoTimeout(0);
    return this;
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  /** The next bytes, up to a line feed, without it; what there is if the host closes. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = read(); next >= 0 && next != '\n'; next = read()) {
      line.write(next);
    }
    return line.toString(UTF_8);
  }

  /** The next bytes. */
  String bytes(int count) throws IOException {
    return new String(input.readNBytes(count), UTF_8);
  }

  /** Ends the output and reads until the host closes. */
  String rest() throws IOException {
    socket.shutdownOutput();
    return new String(input.readAllBytes(), UTF_8);
  }

  /** Waits until the host has closed the connection. */
  void awaitClosed() throws IOException {
    while (read() >= 0) {
      // what was on its way
    }
  }

  private int read() throws IOException {
    try {
      return input.read();
    } catch (SocketTimeoutException late) {
      throw late;
    } catch (IOException reset) {
      return -1;
    }
  }

  boolean answers(String text) throws IOException {
    send(text + "\n");
    return line().equals(text);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
