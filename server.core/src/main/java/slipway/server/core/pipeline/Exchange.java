package slipway.server.core.pipeline;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import slipway.service.Handlers.Described;

/**
 * Exchanges the handlers of one version of a service for those of another, except those that stay.
 * What a handler had not dealt with is kept as it goes, and is given to the handler that has taken
 * its place.
 *
 * <p>Belongs to the channel's event loop. The tail is not there meanwhile: it would drop what is
 * given up, and close the connection if a handler cannot be added.
 */
public final class Exchange {

  /** One that was to stay has no place in the other version, and cannot be taken out now. */
  public static final class Unplaceable extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Unplaceable(String reason) {
      super(reason);
    }
  }

  /** What was not dealt with at a place. */
  private record Left(int place, List<Object> messages) {}

  private final ChannelPipeline pipeline;
  private final ChannelHandlerContext head;
  private final List<ChannelHandlerContext> before;
  private final List<ChannelHandlerContext> staying;

  /** The names of those that were to stay, and were taken out all the same. */
  private final Set<String> dropped = new HashSet<>();

  private final List<Left> left = new ArrayList<>();
  private final Catcher catcher = new Catcher();

  /** Receives what Netty tells the pipeline about a handler that could not be added. */
  private static final class Catcher extends ChannelInboundHandlerAdapter implements HostHandler {
    private static final String NAME = "slipway-catcher";
    private Throwable caught;

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      caught = cause.getCause() == null ? cause : cause.getCause();
    }
  }

  /**
   * Prepares an exchange.
   *
   * @param pipeline with the host's head in front of what is exchanged
   * @param staying the places of those that stay if the other version has them too, in their order
   */
  public Exchange(ChannelPipeline pipeline, List<ChannelHandlerContext> staying) {
    this.pipeline = pipeline;
    this.head = ServiceHandlers.inFront(pipeline);
    this.staying = new ArrayList<>(staying);
    this.before = places(pipeline);
  }

  /** The service's handlers, and the gate, which may hold something. */
  private static List<ChannelHandlerContext> places(ChannelPipeline pipeline) {
    return ServiceHandlers.places(
        pipeline, handler -> !(handler instanceof HostHandler) || handler instanceof BoundaryGate);
  }

  /** Takes out all that do not stay. */
  public void takeOut() {
    pipeline.addLast(Catcher.NAME, catcher);
    // the last one first: what it gives up came before what those in front of it still hold
    for (int place = before.size() - 1; place >= 0; place--) {
      if (!staying.contains(before.get(place))) {
        takeOut(before.get(place), place);
      }
    }
  }

  private void takeOut(ChannelHandlerContext context, int place) {
    List<Object> given = remove(context);
    if (!given.isEmpty()) {
      left.add(new Left(place, given));
    }
  }

  /** Removes one, and with it those of the host that watch it. */
  private List<Object> remove(ChannelHandlerContext context) {
    DecoderWatch.unwatch(context);
    Collector collector = new Collector();
    pipeline.addAfter(context.name(), Collector.NAME, collector);
    pipeline.remove(context.name());
    pipeline.remove(collector);
    return collector.messages;
  }

  // ---- the handlers of the other version -------------------------------------------------------

  /**
   * Puts in what a version describes, each in its place among those that stay; takes out those of
   * them that it does not describe.
   *
   * @param before the names of those that the version before has described as such that stay. Of
   *     these, one that is not there, and was not taken out here, has gone by itself, as a handler
   *     of HTTP does when a WebSocket begins, and is not put in again; and what stays beside them
   *     was put there by one of them.
   * @throws IllegalStateException if that cannot be done; says why. {@link #undo} is to be called
   *     then.
   */
  public void put(List<Described> described, List<String> before) {
    List<Object> plan = new ArrayList<>(); // places of those that stay, and new handlers
    List<String> names = new ArrayList<>();
    int last = -1;
    for (Described one : described) {
      int found = one.stays() ? stayingNamed(one.name()) : -1;
      boolean isGone = before.contains(one.name()) && !dropped.contains(one.name());
      if (found < 0 && one.stays() && isGone) {
        continue;
      }
      ChannelHandler made = null;
      if (found < 0) {
        made = one.maker().get();
        found = one.stays() ? stayingOf(made.getClass(), last + 1) : -1;
        if (found < 0) {
          seeThatItMayCome(one.name(), made);
        }
      }
      if (found >= 0 && found <= last) {
        throw new IllegalStateException(one.name() + " stays, but is described in another order");
      }
      last = Math.max(last, found);
      plan.add(found < 0 ? made : staying.get(found));
      names.add(one.name());
    }
    drop(
        staying.stream()
            .filter(place -> !plan.contains(place))
            .filter(place -> before.isEmpty() || before.contains(place.name()))
            .toList());
    add(plan, names);
  }

  private static void seeThatItMayCome(String name, ChannelHandler handler) {
    if (Boundaries.isTls(handler)) {
      throw new IllegalStateException(name + " is TLS, and this connection has begun without it");
    }
  }

  private void add(List<Object> plan, List<String> names) {
    ChannelHandlerContext previous = head;
    for (int index = 0; index < plan.size(); index++) {
      if (plan.get(index) instanceof ChannelHandlerContext stays) {
        previous = lastBehind(stays, plan);
      } else {
        ChannelHandler handler = (ChannelHandler) plan.get(index);
        pipeline.addAfter(previous.name(), names.get(index), handler);
        previous = pipeline.context(handler);
        if (previous == null) { // Netty has removed it again, and told the pipeline why
          if (catcher.caught instanceof LinkageError missing) {
            throw missing; // which says more of the version than of this connection
          }
          throw new IllegalStateException(
              names.get(index) + " could not be added: " + catcher.caught, catcher.caught);
        }
      }
    }
  }

  /** The last of those that stay behind one of them, and are not described themselves. */
  private ChannelHandlerContext lastBehind(ChannelHandlerContext place, List<Object> plan) {
    ChannelHandlerContext last = place;
    for (int index = staying.indexOf(place) + 1; index < staying.size(); index++) {
      if (plan.contains(staying.get(index))) {
        break;
      }
      last = staying.get(index);
    }
    return last;
  }

  private int stayingNamed(String name) {
    for (int index = 0; index < staying.size(); index++) {
      if (staying.get(index).name().equals(name)) {
        return index;
      }
    }
    return -1;
  }

  private int stayingOf(Class<?> type, int from) {
    for (int index = from; index < staying.size(); index++) {
      if (staying.get(index).handler().getClass() == type) {
        return index;
      }
    }
    return -1;
  }

  /**
   * Sees to what a version has added that adds all of its handlers by itself: of two of one class
   * the one that stays is kept, and the new one, which has seen nothing, is taken out.
   *
   * @throws IllegalStateException if that cannot be done; says why. {@link #undo} is to be called
   *     then.
   */
  public void settle() {
    List<ChannelHandlerContext> added = places(pipeline);
    added.removeAll(staying);
    List<ChannelHandlerContext> twins = new ArrayList<>();
    List<ChannelHandlerContext> kept = new ArrayList<>();
    int last = -1;
    boolean inOrder = true;
    boolean own = false;
    for (ChannelHandlerContext one : added) {
      int found = stayingOf(one.handler().getClass(), last + 1);
      if (found < 0) {
        seeThatItMayCome(one.name(), one.handler());
        own = true;
      } else {
        last = found;
        inOrder &= !own;
        twins.add(one);
        kept.add(staying.get(found));
      }
    }
    if (inOrder) {
      drop(staying.stream().filter(place -> !kept.contains(place)).toList());
      twins.forEach(this::remove);
    } else { // its own ones are to stand in front: all are new then
      drop(List.copyOf(staying));
    }
  }

  /** Takes out some of those that were to stay. */
  private void drop(List<ChannelHandlerContext> places) {
    for (ChannelHandlerContext place : places) {
      if (!Boundaries.canGo(place)) {
        throw new Unplaceable(Boundaries.reason(place));
      }
    }
    for (ChannelHandlerContext place : places) {
      staying.remove(place);
      dropped.add(place.name());
      takeOut(place, before.indexOf(place));
    }
  }

  /** Takes out what was put in; nothing has reached it. */
  public void undo() {
    for (ChannelHandlerContext place : places(pipeline).reversed()) {
      if (!staying.contains(place)) {
        remove(place).forEach(Held::release);
      }
    }
  }

  // ---- what was kept ---------------------------------------------------------------------------

  /** The handlers are as they are to be. */
  public void end() {
    pipeline.remove(catcher);
  }

  /** Gives what was kept to the handlers that stand in the places now. */
  public void giveOn() {
    left.sort(Comparator.comparingInt(Left::place).reversed());
    for (Left one : List.copyOf(left)) {
      ChannelHandlerContext front = inFrontOf(one.place());
      one.messages().forEach(held -> Held.passOn(front, held));
      front.fireChannelReadComplete();
    }
    left.clear();
  }

  private ChannelHandlerContext inFrontOf(int place) {
    for (int index = place - 1; index >= 0; index--) {
      if (staying.contains(before.get(index))) {
        return before.get(index);
      }
    }
    return head;
  }

  /** Drops what was kept: no handler is there to take it. */
  public void discard() {
    left.forEach(one -> one.messages().forEach(Held::release));
    left.clear();
  }
}
