package slipway.server.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProofTest {

  private final Proof proof = new Proof();

  @Test
  void onlyTheFirstConnectionShowsIt() {
    assertThat(proof.show()).isTrue();
    assertThat(proof.show()).isFalse();
    assertThat(proof.isAccepted()).as("the control thread has not heard of it").isFalse();
  }

  @Test
  void isTakenNoteOfOnceAndForGood() {
    proof.show();
    assertThat(proof.accept()).isTrue();
    assertThat(proof.accept()).isFalse();
    assertThat(proof.isAccepted()).isTrue();
    assertThat(proof.show()).isFalse();
  }
}
