package slipway.server.acceptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.admin.AcceptorAdmin;
import slipway.admin.AcceptorState;
import slipway.admin.AcceptorStatus;
import slipway.health.Finding;
import slipway.health.Probe;
import slipway.service.Audience;

class AcceptorsCheckTest {

  private static AcceptorStatus acceptor(
      String name, AcceptorState state, boolean bound, Audience audience, String reason) {
    return new AcceptorStatus(
        "127.0.0.1", 2000, state, name, "", 0, "nio/tcp", bound, audience, reason);
  }

  private static AcceptorsCheck check(AcceptorStatus... acceptors) {
    return new AcceptorsCheck(
        (AcceptorAdmin)
            Proxy.newProxyInstance(
                AcceptorAdmin.class.getClassLoader(),
                new Class<?>[] {AcceptorAdmin.class},
                (proxy, method, arguments) -> List.of(acceptors)));
  }

  @Test
  void itIsPartOfReadinessOnly() {
    assertThat(check().probes()).containsExactly(Probe.READINESS);
    assertThat(check().check()).isEqualTo(Finding.OK);
  }

  @Test
  void allThatAreStartAreBound() {
    assertThat(
            check(
                    acceptor("main", AcceptorState.START, true, Audience.USERS, ""),
                    acceptor("spare", AcceptorState.STOP, false, Audience.USERS, "taken"))
                .check())
        .isEqualTo(Finding.OK);
  }

  @Test
  void oneForUsersThatIsNotBoundFailsWithItsReason() {
    assertThat(
            check(
                    acceptor("main", AcceptorState.START, false, Audience.USERS, "it is taken"),
                    acceptor("other", AcceptorState.START, true, Audience.USERS, "short of files"),
                    acceptor("young", AcceptorState.START, false, Audience.USERS, ""))
                .check())
        .isEqualTo(
            Finding.failed("main is not bound: it is taken; young is not bound: it is coming up"));
  }

  @Test
  void whatElseKeepsOneIsAWarning() {
    assertThat(
            check(
                    acceptor("admin", AcceptorState.START, false, Audience.OPERATORS, "no folder"),
                    acceptor("main", AcceptorState.START, true, Audience.USERS, "short of files"))
                .check())
        .isEqualTo(Finding.warning("admin is not bound: no folder; main: short of files"));
  }
}
