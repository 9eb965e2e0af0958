package slipway.server.acceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.config.InvalidConfiguration;
import slipway.net.Intake.Choice;
import slipway.service.Audience;

class AcceptorSettingsTest {

  @Test
  void hasSafeDefaults() throws Exception {
    AcceptorSettings settings = AcceptorSettings.of(Map.of());
    assertThat(settings.address()).hasToString("127.0.0.1:2000");
    assertThat(settings.accepting()).isTrue();
    assertThat(settings.choice()).isEqualTo(Choice.CLIENT);
    assertThat(settings.idleTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.dispatchTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.discovery()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "port,             70000,     'a whole number from 0 to 65535'",
    "port,             abc,       'a whole number from 0 to 65535'",
    "state,            RUN,       'START or STOP'",
    "state,            CLOSE,     'delete its file'",
    "ip,               localhost, 'an IPv4 or IPv6 address'",
    "ip,               300.1.1.1, 'an IPv4 or IPv6 address'",
    "ip,               fe80::1%,  'an IPv4 or IPv6 address'",
    "ip,               'fe80::1%e h', 'an IPv4 or IPv6 address'",
    "ip,               fe80::1%a%b, 'an IPv4 or IPv6 address'",
    "ip,               127.0.0.1%lo, 'an IPv4 or IPv6 address'",
    "ip,               unix:,     'unix: and the path'",
    "idle.timeout,     60,        'a whole number with ms, s, m, h or d'",
    "dispatch.timeout, 0,         'a duration from 1ms'",
    "backlog,          0,         'a whole number from 1'",
    "max.connections,  -1,        'a whole number from 0'",
    "discovery,        yes,       'true or false'",
    "service,          'a b',     'a name of 1 to 64 letters'",
    "service.override, true,      'false if no service is named'",
    "audience,         admins,    'users or operators'",
    "stages,           'tls, t l', 'names of stages, each once'",
    "stages,           'tls, tls', 'names of stages, each once'",
  })
  void refusesWithKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> AcceptorSettings.of(Map.of(key, value)))
        .withMessageStartingWith(key + " = " + value + ": allowed is ")
        .withMessageContaining(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "fe80::1%eth0,             fe80::1%eth0, [fe80::1%eth0]:2000",
    "FE80:0:0::0:1%2,          fe80::1%2,    [fe80::1%2]:2000",
    "::1,                      ::1,          [::1]:2000",
    "0:0:0:0:0:0:0:0,          ::,           [::]:2000",
    "127.0.0.1,                127.0.0.1,    127.0.0.1:2000",
  })
  void showsAddressesShortAndWithTheirZone(String ip, String host, String whole) throws Exception {
    ListenAddress address = AcceptorSettings.of(Map.of("ip", ip)).address();
    assertThat(address.host()).isEqualTo(host);
    assertThat(address).hasToString(whole);
  }

  @Test
  void looksForTheInterfaceWhenItBinds() throws Exception {
    NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    for (String zone : List.of(loopback.getName(), Integer.toString(loopback.getIndex()))) {
      Inet6Address found =
          (Inet6Address) ListenAddress.Tcp.of("fe80::1%" + zone, 1).socketAddress().getAddress();
      assertThat(found.getScopeId()).isEqualTo(loopback.getIndex());
    }
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ListenAddress.Tcp.of("fe80::1%none9", 1).socketAddress())
        .withMessage("no interface is called none9");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ListenAddress.Tcp.of("fe80::1", 1).socketAddress())
        .withMessage("a link-local address needs its interface, as in fe80::1%eth0");
  }

  @ParameterizedTest
  @CsvSource({"START, true", "stop, false", "1, true", "2, false"})
  void takesStatesByNameAndNumber(String state, boolean accepting) throws Exception {
    assertThat(AcceptorSettings.of(Map.of("state", state)).accepting()).isEqualTo(accepting);
  }

  @Test
  void readsWhoChoosesTheService() throws Exception {
    assertThat(AcceptorSettings.of(Map.of("service", "./Services/echo.dll")).service())
        .isEqualTo("echo");
    assertThat(AcceptorSettings.of(Map.of("service", "echo")).choice()).isEqualTo(Choice.FIXED);
    assertThat(AcceptorSettings.of(Map.of("service", "echo", "service.override", "true")).choice())
        .isEqualTo(Choice.OVERRIDE);
  }

  @ParameterizedTest
  @CsvSource({
    "'',        '',        USERS",
    "echo,      '',        USERS",
    "admin,     '',        OPERATORS",
    "metrics,   operators, OPERATORS",
    "'',        Operators, OPERATORS",
  })
  void readsForWhomItIs(String service, String audience, Audience expected) throws Exception {
    AcceptorSettings settings =
        AcceptorSettings.of(Map.of("service", service, "audience", audience));
    assertThat(settings.audience()).isEqualTo(expected);
    assertThat(settings.isOperators()).isEqualTo(expected == Audience.OPERATORS);
  }

  @Test
  void operatorsAreNotLockedOutByTheAudience() {
    assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> AcceptorSettings.of(Map.of("service", "admin", "audience", "users")))
        .withMessage("audience = users: allowed is operators for the service admin");
  }

  @Test
  void readsStagesInTheirOrder() throws Exception {
    assertThat(AcceptorSettings.of(Map.of()).stages()).isEmpty();
    assertThat(AcceptorSettings.of(Map.of("stages", " ")).stages()).isEmpty();
    assertThat(AcceptorSettings.of(Map.of("stages", "tls")).stages()).containsExactly("tls");
    assertThat(AcceptorSettings.of(Map.of("stages", "proxy , tls")).stages())
        .containsExactly("proxy", "tls");
    assertThat(AcceptorSettings.of(Map.of("stages", new String[] {"proxy", "tls"})).stages())
        .containsExactly("proxy", "tls");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 2000, 127.0.0.1, 2000, true",
    "127.0.0.1, 2000, 127.0.0.1, 2001, false",
    "127.0.0.1, 2000, 127.0.0.2, 2000, false",
    "127.0.0.1, 2000, 0.0.0.0,   2000, true",
    "::,        2000, 127.0.0.1, 2000, true",
    "127.0.0.1, 0,    127.0.0.1, 0,    false",
    "fe80::1%eth0, 2000, fe80::1%eth1, 2000, false",
    "fe80::1%eth0, 2000, fe80::1%eth0, 2000, true",
    "::1%lo,    2000, ::1,       2000, true",
    "::,        2000, fe80::1%eth0, 2000, true",
    "unix:a,    0,    unix:a,    0,    true",
    "unix:a,    0,    unix:b,    0,    false",
  })
  void knowsWhichAddressesOverlap(
      String ip, String port, String otherIp, String otherPort, boolean overlap) throws Exception {
    ListenAddress one = AcceptorSettings.of(Map.of("ip", ip, "port", port)).address();
    ListenAddress other = AcceptorSettings.of(Map.of("ip", otherIp, "port", otherPort)).address();
    assertThat(one.overlaps(other)).isEqualTo(overlap);
    assertThat(other.overlaps(one)).isEqualTo(overlap);
  }

  @Test
  void aZoneHasANameAndANumber() throws Exception {
    NetworkInterface some = NetworkInterface.networkInterfaces().findFirst().orElseThrow();
    ListenAddress named = ListenAddress.Tcp.of("fe80::1%" + some.getName(), 2000);
    assertThat(named.overlaps(ListenAddress.Tcp.of("fe80::1%" + some.getIndex(), 2000))).isTrue();
    assertThat(named.overlaps(ListenAddress.Tcp.of("fe80::1%none9", 2000))).isFalse();
    assertThat(named.overlaps(ListenAddress.Tcp.of("fe80::1", 2000))).isFalse();
  }
}
