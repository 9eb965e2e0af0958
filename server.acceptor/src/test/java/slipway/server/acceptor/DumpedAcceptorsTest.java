package slipway.server.acceptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import slipway.dump.Dump;
import slipway.net.Stage;

class DumpedAcceptorsTest {

  private final NioTransport transport = new NioTransport();
  private final Stages stages = new Stages();
  private final Acceptors acceptors =
      new Acceptors(
          null, transport, (channel, intake) -> {}, new Descriptors(() -> 1000, () -> 0), stages);

  @AfterEach
  void stop() {
    acceptors.deactivate();
    transport.close();
  }

  /** Lines, each below the one that it belongs to. */
  private record Lines(List<String> all, String indent) implements Dump {
    @Override
    public Dump line(String text) {
      all.add(indent + text);
      return new Lines(all, indent + "  ");
    }
  }

  private List<String> dump() {
    Lines lines = new Lines(new ArrayList<>(), "");
    new DumpedAcceptors(acceptors, stages).dump(lines);
    return lines.all();
  }

  private void configure(String stages) throws Exception {
    acceptors.configure(
        "main", AcceptorSettings.of(Map.of("port", "0", "service", "echo", "stages", stages)));
  }

  @Test
  void stagesAreShownInTheirOrderAndThoseThatAreMissingAreMarked() throws Exception {
    stages.addStage(passage -> {}, Map.of(Stage.NAME, "tls"));
    stages.addStage(passage -> {}, Map.of(Stage.NAME, "other"));
    configure("proxy, tls");
    assertThat(dump())
        .containsExactly(
            "main: START, not bound, on 127.0.0.1 (nio/tcp), for USERS,"
                + " stages proxy (missing) > tls, connections 0",
            "  service echo",
            "  accepts no clients: no bundle brings the stage proxy");
    stages.addStage(passage -> {}, Map.of(Stage.NAME, "proxy"));
    assertThat(dump().get(0)).contains(", stages proxy > tls, connections 0");
  }

  @Test
  void anAcceptorWithoutStagesShowsNone() throws Exception {
    configure("");
    assertThat(dump().get(0)).endsWith(", for USERS, connections 0");
  }
}
