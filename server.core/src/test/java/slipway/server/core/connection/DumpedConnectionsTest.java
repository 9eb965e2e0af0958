package slipway.server.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.dump.Dump;
import slipway.net.Stage;

class DumpedConnectionsTest {

  private static final Stage STAGE =
      passage -> passage.add("tls", new ChannelInboundHandlerAdapter());

  private final MovedClient client =
      new MovedClient(
          (connection) ->
              connection
                  .channel()
                  .pipeline()
                  .addLast("replies", new ChannelInboundHandlerAdapter()),
          List.of(STAGE));

  @AfterEach
  void close() {
    client.close();
  }

  /** Lines, each below the one that it belongs to. */
  private record Lines(List<String> all, String indent) implements Dump {
    @Override
    public Dump line(String text) {
      all.add(indent + text);
      return new Lines(all, indent + "  ");
    }
  }

  @Test
  void aConnectionShowsItsHandlersInTheirOrderAndNoneOfNettysOwn() {
    Lines lines = new Lines(new ArrayList<>(), "");
    client.dumpedConnections().dump(lines);
    assertThat(lines.all())
        .satisfiesExactly(
            count -> assertThat(count).isEqualTo("open 1"),
            connection -> assertThat(connection).endsWith(" by main, moved 1.0.0, in 0, out 0"),
            handlers ->
                assertThat(handlers).isEqualTo("  tls > slipway-head > replies > slipway-tail"));
  }
}
