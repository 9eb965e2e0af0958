package slipway.examples.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import slipway.packet.PacketClient;
import slipway.packet.PacketClientSettings;
import slipway.packet.PacketFormat;
import slipway.packet.PacketReader;
import slipway.packet.Packets;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Readiness;
import slipway.service.Service;
import slipway.service.ServiceName;
import slipway.stream.RequestStream;
import slipway.stream.StreamHandOff;

/** Asks the service {@code packets} of another host for each byte that a client sends. */
@Component(service = Service.class, configurationPid = "slipway.probe")
@ServiceName("probe")
@Designate(ocd = ProbeConfig.class)
public final class ProbeService extends StreamHandOff implements Readiness {

  private static final int REQ_ECHO = 5000;
  private static final int RES_ECHO = 5001;
  private static final int LONGEST = 2000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PacketClient server;

  /** Called by Declarative Services. */
  @Activate
  public ProbeService(@Reference Packets packets, ProbeConfig config) {
    InetSocketAddress address = InetSocketAddress.createUnresolved(config.host(), config.port());
    server =
        packets.client(
            PacketClientSettings.usual(address, PacketFormat.lan(LONGEST)), this::packet);
  }

  /** Called by Declarative Services. */
  @Deactivate
  void close() {
    server.close();
  }

  /** The first client comes while the server is still being connected. */
  @Override
  public CompletionStage<?> ready() {
    return server.tried();
  }

  @Override
  public String awaited() {
    return "the packet server " + server;
  }

  private void packet(PacketClient client, PacketReader packet) {
    if (packet.u16() != RES_ECHO) {
      throw packet.unknownType();
    }
    client.answered(packet.i64(), packet);
  }

  @Override
  protected void serve(Connection connection, RequestStream in, OutputStream out)
      throws IOException {
    while (in.next(Handed::nothing)) {
      out.write((answer(in.read()) + "\n").getBytes(UTF_8));
    }
  }

  /** Waits for the answer, in this connection's own thread. */
  private String answer(int asked) {
    try {
      long echoed =
          server
              .ask(
                  (packet, number) -> packet.u16(REQ_ECHO).i64(number).i64(asked),
                  PacketReader::i64,
                  PATIENCE)
              .toCompletableFuture()
              .join();
      return "it says " + (char) echoed;
    } catch (CompletionException none) {
      return none.getCause().getMessage();
    }
  }
}
