package slipway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "192.0.2.7/32, 192.0.2.7",
    "192.0.2.7/24, 192.0.2.0/24",
    "10.1.2.3/8, 10.0.0.0/8",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8::7, 2001:db8::/64",
    "2001:db8::7/128, 2001:db8::7/128",
    "2001:DB8:0:ff::/56, 2001:db8::/56",
    "::1, ::1"
  })
  void aNetworkIsReadAndWrittenInOneForm(String text, String written) {
    Network network = Network.parse(text);
    assertThat(network).hasToString(written);
    assertThat(network.first()).hasSize(16);
    assertThat(Network.parse(written)).isEqualTo(network);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, 192.0.3.0",
    "192.0.2.7, 192.0.2.7, 192.0.2.8",
    "2001:db8::7, 2001:db8::ffff:ffff, 2001:db8:0:1::7",
    "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
    "::1, ::1, 127.0.0.1"
  })
  void aNetworkHoldsItsAddresses(String network, String inside, String outside) throws Exception {
    assertThat(Network.parse(network).contains(InetAddress.getByName(inside))).isTrue();
    assertThat(Network.parse(network).contains(InetAddress.getByName(outside))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "ann", "localhost", "192.0.2", "192.0.2.256", "192.0.2.7/33", "192.0.2.7/",
            "10.0.0.0/7",
        "0.0.0.0/0", "::/0", "::/16", "::/64", "2001::/15", "192.0.2.7/-1", "fe80::1%eth0",
            "1.2.3.4/24/24"
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> Network.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no network; allowed is an address such as 192.0.2.7");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "2001:db8::7, 2001:db8::8, true",
    "2001:db8::7, 2001:db8:0:1::7, false"
  })
  void thoseOfOneAddressHaveOneShare(String one, String other, boolean same) {
    Origin first = Origin.of(new InetSocketAddress(one, 1));
    Origin second = Origin.of(new InetSocketAddress(other, 2));
    assertThat(first.share().equals(second.share())).isEqualTo(same);
    assertThat(first).hasToString(one);
  }
}
