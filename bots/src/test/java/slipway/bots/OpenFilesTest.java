package slipway.bots;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OpenFilesTest {

  @Test
  void aFewMoreAreAllowed() {
    assertThatCode(() -> OpenFiles.require(1)).doesNotThrowAnyException();
  }

  @Test
  void moreThanTheSystemAllowsAreRefusedWithHowManyItAllows() {
    assertThatThrownBy(() -> OpenFiles.require(Integer.MAX_VALUE))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "2,147,483,647 connections need .* this process may open [0-9,]+ more; raise .*");
  }
}
