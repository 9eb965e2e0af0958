package slipway.server.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTransportTest {

  @ParameterizedTest
  @ValueSource(strings = {"auto", "io_uring", "epoll", "nio"})
  void allEventLoopsEndWithTheHost(String kind) {
    HostTransport transport = new HostTransport(kind, "2");

    transport.deactivate();

    assertThat(transport.tcp().group().isShuttingDown()).isTrue();
    assertThat(transport.unix().group().isShuttingDown()).isTrue();
    assertThat(transport.operators().group().isShuttingDown()).isTrue();
    assertThat(transport.tcp().accepting().isShuttingDown()).isTrue();
  }
}
