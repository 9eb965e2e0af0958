package slipway.service;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The handlers of a connection as a {@link PipelineService} describes them, the first to see what
 * the client sends first. Used by one thread.
 */
public final class Handlers {

  /**
   * One handler of a description.
   *
   * @param name its name in the pipeline
   * @param stays whether it stays in a connection that passes to another version
   * @param maker makes it; called only if it is not in the pipeline yet
   */
  public record Described(String name, boolean stays, Supplier<? extends ChannelHandler> maker) {

    /** Checks that nothing is missing. */
    public Described {
      Objects.requireNonNull(name);
      Objects.requireNonNull(maker);
    }
  }

  private final List<Described> described = new ArrayList<>();

  /** Describes nothing yet. */
  public Handlers() {}

  /**
   * Describes a handler that stays in the pipeline, with all that it knows, if the connection
   * passes to another version that describes one of this name, too: a codec, TLS. Its class comes
   * from a bundle that both versions use, and it holds nothing of this version: no callback, no
   * object of a class of this bundle. What it puts into the pipeline by itself stays with it; once
   * it has gone by itself, it is not made again.
   *
   * @param name its name in the pipeline, the same in each version; a handler with other settings
   *     has another name
   * @param maker makes the handler, one for each call
   * @return this
   * @throws IllegalArgumentException if the name is described already
   */
  public Handlers keep(String name, Supplier<? extends ChannelHandler> maker) {
    return describe(new Described(name, true, maker));
  }

  /**
   * Describes a handler that goes with this version; another version has its own in its place.
   *
   * @param name its name in the pipeline
   * @param maker makes the handler
   * @return this
   * @throws IllegalArgumentException if the name is described already
   */
  public Handlers add(String name, Supplier<? extends ChannelHandler> maker) {
    return describe(new Described(name, false, maker));
  }

  private Handlers describe(Described handler) {
    if (described.stream().anyMatch(other -> other.name().equals(handler.name()))) {
      throw new IllegalArgumentException("two handlers are named " + handler.name());
    }
    described.add(handler);
    return this;
  }

  /** What is described, in its order; cannot be changed. */
  public List<Described> list() {
    return List.copyOf(described);
  }

  /** What the handlers of a connection hand over, in their order. */
  static Handed handedBy(ChannelPipeline pipeline) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, ChannelHandler> each : pipeline) {
      if (each.getValue() instanceof HandsOver handler) {
        values.putAll(handler.handed().toMap());
      }
    }
    return Handed.of(values);
  }

  /** Makes all of them and adds them to a pipeline, behind what is there. */
  void addTo(ChannelPipeline pipeline) {
    described.forEach(handler -> pipeline.addLast(handler.name(), handler.maker().get()));
  }
}
