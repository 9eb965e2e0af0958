package slipway.server.account.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

  private static final HashCost CHEAP = new HashCost(64, 1, 1);

  private final Argon2 argon2 = new BouncyArgon2();

  /** From the reference implementation's test.c: password, somesalt, m=2^16, t=2, p=1. */
  @Test
  void aHashOfTheReferenceImplementationIsRead() {
    PasswordHash hash =
        PasswordHash.parse(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    assertThat(hash.cost()).isEqualTo(new HashCost(65536, 2, 1));
    assertThat(hash.matches("password".getBytes(UTF_8), argon2)).isTrue();
    assertThat(hash.matches("Password".getBytes(UTF_8), argon2)).isFalse();
  }

  /** From the same test.c, the raw hash: m=2^8, t=2, p=2, two lanes. */
  @Test
  void theFunctionIsThatOfTheReferenceImplementation() {
    byte[] hash =
        argon2.hash(
            new HashCost(256, 2, 2), "somesalt".getBytes(UTF_8), "password".getBytes(UTF_8), 32);
    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037");
  }

  @Test
  void memoryThatIsUsedAgainDoesNotChangeTheHash() {
    byte[] salt = new byte[16];
    byte[] first = new BouncyArgon2().hash(CHEAP, salt, "one".getBytes(UTF_8), 32);
    argon2.hash(new HashCost(128, 2, 1), salt, "two".getBytes(UTF_8), 32);
    argon2.hash(CHEAP, salt, "two".getBytes(UTF_8), 32);
    assertThat(argon2.hash(CHEAP, salt, "one".getBytes(UTF_8), 32)).isEqualTo(first);
  }

  @Test
  void aHashIsReadAsItWasWritten() {
    PasswordHash hash =
        PasswordHash.of("secret".getBytes(UTF_8), CHEAP, argon2, new SecureRandom());
    PasswordHash read = PasswordHash.parse(hash.text());
    assertThat(read.text()).isEqualTo(hash.text());
    assertThat(read.matches("secret".getBytes(UTF_8), argon2)).isTrue();
    assertThat(hash.text())
        .hasSizeLessThanOrEqualTo(255)
        .startsWith("$argon2id$v=19$m=64,t=1,p=1$");
  }

  @Test
  void textForALogHasNeitherSaltNorHash() {
    PasswordHash hash =
        PasswordHash.of("secret".getBytes(UTF_8), CHEAP, argon2, new SecureRandom());
    assertThat(hash).hasToString("PasswordHash[HashCost[memory=64, iterations=1, lanes=1]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=99$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ=$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
      })
  void whatIsNoHashOfOursIsRefusedWithoutRepeatingIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PasswordHash.parse(text))
        .withMessageNotContaining("CTFh")
        .withMessageNotContaining("secret");
  }
}
