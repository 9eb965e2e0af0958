package slipway.world;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.world.SessionMode.AUTH;
import static slipway.world.SessionMode.AUTH_TO_GAME;
import static slipway.world.SessionMode.GAME;
import static slipway.world.SessionMode.LOGOUT_IN_AUTH;
import static slipway.world.SessionMode.LOGOUT_IN_GAME;
import static slipway.world.SessionMode.NONE;
import static slipway.world.SessionMode.WAIT_LOGOUT;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionModeTest {

  private static final Map<SessionMode, Set<SessionMode>> WAYS =
      Map.of(
          NONE, EnumSet.of(AUTH),
          AUTH, EnumSet.of(AUTH_TO_GAME, LOGOUT_IN_AUTH),
          AUTH_TO_GAME, EnumSet.of(GAME, LOGOUT_IN_GAME),
          GAME, EnumSet.of(AUTH_TO_GAME, LOGOUT_IN_GAME),
          LOGOUT_IN_AUTH, EnumSet.of(WAIT_LOGOUT),
          LOGOUT_IN_GAME, EnumSet.of(WAIT_LOGOUT),
          WAIT_LOGOUT, EnumSet.of(NONE));

  @ParameterizedTest
  @EnumSource
  void aModeMayBecomeTheseAndNoOther(SessionMode mode) {
    for (SessionMode next : SessionMode.values()) {
      assertThat(mode.mayBecome(next))
          .as("%s to %s", mode, next)
          .isEqualTo(WAYS.get(mode).contains(next));
    }
  }
}
