package slipway.server.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionProofTest {

  private final ConnectionProof proof = new ConnectionProof();

  @Test
  void bytesOfTheDispatchProveNothing() {
    proof.received();
    assertThat(proof.show()).isFalse();
    proof.dispatched();
    assertThat(proof.show()).isFalse();
  }

  @Test
  void aVersionIsProvenOnceByTheFirstBytes() {
    proof.dispatched();
    proof.received();
    assertThat(proof.show()).isTrue();
    proof.received();
    assertThat(proof.show()).isFalse();
  }

  @Test
  void anotherVersionHasToShowItAnew() {
    proof.dispatched();
    proof.received();
    proof.beginAnew();
    assertThat(proof.show()).as("these bytes were for the one before").isFalse();
    proof.received();
    assertThat(proof.show()).isTrue();
  }

  @Test
  void aServiceThatFailsBeforeTheDispatchIsDoneLeavesNoTrace() {
    proof.beginAnew();
    proof.received();
    proof.dispatched();
    assertThat(proof.show()).isFalse();
  }
}
