package slipway.server.core.life;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a version has shown that it serves: its handlers have dealt with what a client sent.
 * Linking is lazy, so that nothing less proves that none of its classes is missing. It is shown
 * once for all the times that the version is started.
 *
 * <pre>
 *  OPEN ──a connection, in its event loop──▶ SHOWN ──the control thread──▶ PROVEN
 * </pre>
 *
 * <p>May be used from any thread, unless a method says otherwise.
 */
final class Proof {

  private enum Stage {
    OPEN,
    SHOWN,
    PROVEN
  }

  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.OPEN);

  /** A connection has been served; true the first time, when the control thread is to be told. */
  boolean show() {
    return stage.get() == Stage.OPEN && stage.compareAndSet(Stage.OPEN, Stage.SHOWN);
  }

  /** It is taken note of, by the control thread; true the first time. */
  boolean accept() {
    return stage.getAndSet(Stage.PROVEN) != Stage.PROVEN;
  }

  /** Whether the control thread has taken note of it. */
  boolean isAccepted() {
    return stage.get() == Stage.PROVEN;
  }
}
