package slipway.services.chat.hall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Other versions of the chat that have users now, as while a new version takes over. They are asked
 * in the JDK's types alone, as each has classes of its own. Used from any thread.
 */
public final class Peers {

  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

  private final List<Function<Map<String, Object>, Object>> others = new CopyOnWriteArrayList<>();

  /** Another version is there. */
  public void add(Function<Map<String, Object>, Object> other) {
    others.add(other);
  }

  /** It is gone. */
  public void remove(Function<Map<String, Object>, Object> other) {
    others.remove(other);
  }

  /**
   * Asks all of them.
   *
   * @return the answers that are not null
   */
  List<Object> ask(Map<String, Object> question) {
    if (others.isEmpty()) {
      return List.of();
    }
    List<Object> answers = new ArrayList<>();
    for (Function<Map<String, Object>, Object> other : others) {
      try {
        Object answer = other.apply(question);
        if (Objects.nonNull(answer)) {
          answers.add(answer);
        }
      } catch (RuntimeException | LinkageError leaving) { // it may be on its way out
        LOG.debug("another version of the chat did not answer", leaving);
      }
    }
    return answers;
  }
}
