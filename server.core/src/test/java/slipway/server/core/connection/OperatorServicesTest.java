package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.net.Intake.Choice;
import slipway.service.Audience;

/** Services that are for operators, and the acceptors that lead to them. */
class OperatorServicesTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final FakeLeases leases = new FakeLeases();
  private final OperatorServices operatorServices = new OperatorServices();
  private final Connections connections =
      new Connections(leases, new Listeners(), operatorServices, loop -> Optional.empty());
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  OperatorServicesTest() {
    leases.with("metrics", connection -> {}).with("echo", connection -> {});
    operatorServices.put(7, Set.of("metrics"));
  }

  @AfterEach
  void release() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  private EmbeddedChannel connect(Audience audience, Choice choice, String service) {
    EmbeddedChannel channel = new EmbeddedChannel();
    channels.add(channel);
    connections.dispatch(
        channel, new TestIntake("main", choice, service, LONG, LONG, List.of(), audience));
    channel.pipeline().fireChannelActive();
    return channel;
  }

  private static String answer(EmbeddedChannel channel, String said) {
    channel.writeInbound(Unpooled.copiedBuffer(said, US_ASCII));
    channel.runPendingTasks();
    return received(channel);
  }

  private static String received(EmbeddedChannel channel) {
    ByteBuf answer = channel.readOutbound();
    try {
      return answer == null ? "" : answer.toString(US_ASCII);
    } finally {
      if (answer != null) {
        answer.release();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics", "admin", "./Services/metrics.dll"})
  void aUserThatNamesOneIsToldThatItIsUnknown(String name) {
    EmbeddedChannel user = connect(Audience.USERS, Choice.CLIENT, "");
    assertThat(answer(user, name + "\n")).isEqualTo("ERR unknown service: " + name + "\n");
    assertThat(user.isOpen()).isFalse();
  }

  @Test
  void anAcceptorForUsersThatNamesOneAnswersInTheSameWay() {
    EmbeddedChannel fixed = connect(Audience.USERS, Choice.FIXED, "metrics");
    assertThat(received(fixed)).isEqualTo("ERR unknown service: metrics\n");
    EmbeddedChannel override = connect(Audience.USERS, Choice.OVERRIDE, "metrics");
    assertThat(answer(override, "echo\n")).isEqualTo("ERR unknown service: metrics\n");
  }

  @Test
  void operatorsReachAll() {
    assertThat(answer(connect(Audience.OPERATORS, Choice.CLIENT, ""), "metrics\n"))
        .isEqualTo("metrics\n");
    assertThat(answer(connect(Audience.OPERATORS, Choice.CLIENT, ""), "echo\n"))
        .isEqualTo("echo\n");
    EmbeddedChannel fixed = connect(Audience.OPERATORS, Choice.FIXED, "metrics");
    assertThat(HostedConnection.of(fixed).service()).isEqualTo("metrics");
  }

  @Test
  void aServiceIsForUsersOnceNoBundleSaysOtherwise() {
    operatorServices.put(8, Set.of("metrics"));
    operatorServices.put(7, Set.of());
    assertThat(operatorServices.audience("metrics")).isEqualTo(Audience.OPERATORS);
    operatorServices.put(8, Set.of());
    assertThat(operatorServices.audience("metrics")).isEqualTo(Audience.USERS);
    assertThat(operatorServices.audience("admin")).isEqualTo(Audience.OPERATORS);
  }

  @Test
  void connectionsAreCountedByTheAudienceOfTheirAcceptor() throws Exception {
    connect(Audience.USERS, Choice.CLIENT, "");
    EmbeddedChannel operator = connect(Audience.OPERATORS, Choice.CLIENT, "");
    assertThat(connections.count(Audience.USERS)).isEqualTo(1);
    assertThat(connections.count(Audience.OPERATORS)).as("also before it names one").isEqualTo(1);
    assertThat(HostedConnection.of(operator).entrance().audience()).isEqualTo(Audience.OPERATORS);
    connections.announceEnd(Audience.USERS, Optional.empty());
    assertThat(HostedConnection.of(operator).goingAway()).isEmpty();
  }
}
