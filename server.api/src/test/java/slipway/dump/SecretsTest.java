package slipway.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "password = hunter2 | password = (left out)",
        "# password = hunter2 | # password = (left out)",
        "db.Password=hunter2 trailing | db.Password=(left out)",
        "api-key: hunter2 | api-key: (left out)",
        "token = hunter2 | token = (left out)",
        "-Djavax.net.ssl.keyStorePassword=hunter2 | -Djavax.net.ssl.keyStorePassword=(left out)",
        "jvm_args: -Xmx64m -Dx.secret=hunter2 -Dy=z | jvm_args: -Xmx64m -Dx.secret=(left out)"
            + " -Dy=z",
        "jvm_args: -Dx.secret=\"hunter2 b\" -Dy=z | jvm_args: -Dx.secret=(left out) -Dy=z",
        "url = jdbc:mariadb://me:hunter2@db/chat | url = jdbc:mariadb://db/chat",
        "url = jdbc:mariadb://db/chat?user=me&x=hunter2 | url = jdbc:mariadb://db/chat?(left out)",
        "url = jdbc:mariadb://db/chat?password=hunter2 | url = jdbc:mariadb://db/chat?(left out)",
        "url = jdbc:h2:file:x;CIPHER=AES;PW=hunter2 | url = jdbc:h2:file:x;(left out)",
        "<password>hunter2</password> | <password>(left out)</password>",
        "<a password=\"hunter2\" b=\"c\"/> | <a password=\"(left out)\" b=\"c\"/>",
        "<property name=\"DB_PASS\" value=\"hunter2\"/> | <property name=\"DB_PASS\" value=\"(left"
            + " out)\"/>",
      })
  void whatIsUnderANameOfASecretIsLeftOut(String line, String shown) {
    assertThat(Secrets.without(line)).isEqualTo(shown).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port = 2000",
        "ip = unix:var/run/admin.sock",
        "url = http://example.org/path",
        "password =",
        "-XX:ErrorFile=var/dump/crash-%p.log",
        "<logger name=\"slipway\" level=\"INFO\"/>",
      })
  void otherTextStays(String line) {
    assertThat(Secrets.without(line)).isEqualTo(line);
  }

  @Test
  void aValueThatContinuesIsLeftOutWhole() {
    assertThat(Secrets.without(List.of("secret = a\\", "hunter2\\", "hunter3", "port = 1")))
        .containsExactly("secret = (left out)", "(left out)", "(left out)", "port = 1");
    assertThat(Secrets.without(List.of("note = a\\", "b", "port = 1")))
        .containsExactly("note = a\\", "b", "port = 1");
  }
}
