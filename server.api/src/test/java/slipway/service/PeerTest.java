package slipway.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

/** What is known of a client, before the stages of its acceptor and after them. */
class PeerTest {

  private static final SocketAddress PROXY = new InetSocketAddress("127.0.0.1", 40_000);
  private static final SocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 4711);

  /** One that is not agreed on with anybody; what is in it does not matter here. */
  private static SSLSession session() throws Exception {
    return SSLContext.getDefault().createSSLEngine().getSession();
  }

  @Test
  void withoutStagesTheClientIsWhereTheSocketEnds() {
    Peer peer = Peer.of(CLIENT);
    assertThat(peer).isEqualTo(new Peer(CLIENT, CLIENT, Optional.empty()));
  }

  @Test
  void whatAProxyTellsIsTheClientsAddressAndTheSocketStaysTheProxys() {
    Peer peer = Peer.of(PROXY).at(CLIENT);
    assertThat(peer.address()).isEqualTo(CLIENT);
    assertThat(peer.socket()).isEqualTo(PROXY);
    assertThat(peer.tls()).isEmpty();
  }

  @Test
  void theLastOfSeveralProxiesThatTellsHolds() {
    SocketAddress inner = new InetSocketAddress("198.51.100.1", 1);
    assertThat(Peer.of(PROXY).at(inner).at(CLIENT)).isEqualTo(Peer.of(PROXY).at(CLIENT));
  }

  @Test
  void tlsIsKnownBesideTheAddressesWhicheverStageComesFirst() throws Exception {
    SSLSession session = session();
    Peer peer = new Peer(CLIENT, PROXY, Optional.of(session));
    assertThat(Peer.of(PROXY).at(CLIENT).over(session)).isEqualTo(peer);
    assertThat(Peer.of(PROXY).over(session).at(CLIENT)).isEqualTo(peer);
  }

  @Test
  void whatAStageLearnsChangesNothingThatWasHandedOut() throws Exception {
    Peer before = Peer.of(PROXY);
    before.at(CLIENT).over(session());
    assertThat(before).isEqualTo(Peer.of(PROXY));
  }

  /** As at a Unix domain socket, and on a channel that was closed before anybody asked. */
  @Test
  void addressesMayBeUnknown() {
    Peer peer = Peer.of(null);
    assertThat(peer.address()).isNull();
    assertThat(peer.socket()).isNull();
    assertThat(peer.at(CLIENT).address()).isEqualTo(CLIENT);
  }

  @Test
  void withoutTlsIsEmptyAndNeverNull() {
    assertThatNullPointerException().isThrownBy(() -> new Peer(CLIENT, CLIENT, null));
    assertThatNullPointerException().isThrownBy(() -> Peer.of(CLIENT).over(null));
  }
}
