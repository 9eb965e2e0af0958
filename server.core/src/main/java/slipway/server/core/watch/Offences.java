package slipway.server.core.watch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import slipway.server.core.watch.Offence.Culprit;
import slipway.service.Connection;

/** Finds whose offence a stack shows. May be used from any thread. */
final class Offences {

  private static final int FRAMES = 3;

  private final ServiceClasses classes;

  Offences(ServiceClasses classes) {
    this.classes = classes;
  }

  /** Whether a stack has code of a service. */
  boolean isOfService(List<StackTraceElement> stack) {
    return classes.innermost(stack).isPresent();
  }

  /**
   * What a thread does for too long, and for whom.
   *
   * @param deed what it does, in words
   * @param connection what it serves; null if that is not known
   * @param stack where it is, the innermost frame first
   */
  Offence of(String deed, Connection connection, List<StackTraceElement> stack) {
    Optional<Culprit> owner =
        connection == null
            ? Optional.empty()
            : classes.version(connection.service(), connection.version());
    List<StackTraceElement> frames =
        owner.map(one -> classes.framesOf(one, stack)).orElse(List.of());
    Optional<Culprit> innermost = frames.isEmpty() ? classes.innermost(stack) : Optional.empty();
    boolean another = innermost.isPresent() && !innermost.equals(owner);
    if (another) {
      frames = classes.framesOf(innermost.get(), stack);
    }
    Culprit culprit = another ? innermost.get() : owner.orElse(null);
    StackTraceElement inside = stack.isEmpty() ? null : stack.get(0);
    return new Offence(
        culprit,
        another || connection == null ? 0 : connection.id(),
        deed,
        frames.stream().limit(FRAMES).toList(),
        inside == null || frames.contains(inside) ? "" : Objects.toString(inside));
  }
}
