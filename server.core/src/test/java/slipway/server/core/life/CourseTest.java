package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.admin.ServiceState;

class CourseTest {

  @ParameterizedTest
  @CsvSource({
    // state,    serves,     serves and is suspended, replaced, replaced and suspended
    "LOADED,     UNTIL_IDLE, DRAIN,  DRAIN,  DRAIN",
    "FIXED,      OPEN,       DRAIN,  DRAIN,  DRAIN",
    "WAITLOCKED, DRAIN,      DRAIN,  DRAIN,  DRAIN",
    "LOCKED,     REVOKE,     REVOKE, REVOKE, REVOKE",
  })
  void theStateDecidesForTheVersionThatServes(
      ServiceState state, Course serves, Course suspended, Course replaced, Course both) {
    assertThat(Course.of(state, false, true)).isEqualTo(serves);
    assertThat(Course.of(state, true, true)).isEqualTo(suspended);
    assertThat(Course.of(state, false, false)).isEqualTo(replaced);
    assertThat(Course.of(state, true, false)).isEqualTo(both);
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN,       true,  true",
    "UNTIL_IDLE, false, true",
    "DRAIN,      false, false",
    "REVOKE,     false, false",
  })
  void whatHasStoppedIsStartedIfItIsToStayOrSomebodyAsks(
      Course course, boolean alone, boolean demanded) {
    assertThat(course.starts(false)).isEqualTo(alone);
    assertThat(course.starts(true)).isEqualTo(demanded);
  }

  @Test
  void onlyWhatStaysDoesNotMindThatTheLastUserLeaves() {
    assertThat(Course.OPEN.minds()).isFalse();
    assertThat(Course.UNTIL_IDLE.minds()).isTrue();
    assertThat(Course.DRAIN.minds()).isTrue();
    assertThat(Course.REVOKE.minds()).isTrue();
  }
}
