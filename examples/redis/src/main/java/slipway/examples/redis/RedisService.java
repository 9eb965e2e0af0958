package slipway.examples.redis;

import io.netty.handler.codec.redis.RedisArrayAggregator;
import io.netty.handler.codec.redis.RedisBulkStringAggregator;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;

/**
 * A little Redis: keys and values in memory. Connections go from version to version in the middle
 * of a command, and all versions have the same keys.
 */
@Component(service = Service.class)
@ServiceName("redis")
public final class RedisService implements PipelineService {

  /** Marks the keys among the services of the framework. */
  private static final String KEYS = "slipway.examples.redis.keys";

  private static final int MOST_WORDS = 1024;
  private static final int DEPTH = 1;

  private final Keys keys;

  /**
   * For Declarative Services. The first version that runs makes the keys, and the next one finds
   * them with it; each registers them for as long as it is active.
   */
  @Activate
  public RedisService(BundleContext context) throws InvalidSyntaxException {
    this(
        context.getServiceReferences(Map.class, "(" + KEYS + "=*)").stream()
            .findFirst()
            .map(context::getService)
            .orElseGet(Map::of));
    context.registerService(
        Map.class, keys.shared(), FrameworkUtil.asDictionary(Map.of(KEYS, "all")));
  }

  /**
   * A version with the keys of another one. Not public, as Declarative Services would take it for
   * theirs.
   *
   * @param shared what the other's {@link Keys#shared} gave; an empty map if there is no other
   */
  RedisService(Map<?, ?> shared) {
    keys = new Keys(shared);
  }

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    handlers
        .keep("decoder", () -> new RedisDecoder(true))
        .add("size", () -> new CommandSize(handed))
        .keep("texts", RedisBulkStringAggregator::new)
        .keep("arrays", () -> new RedisArrayAggregator(MOST_WORDS, DEPTH))
        .keep("encoder", RedisEncoder::new)
        .add("commands", () -> new Commands(connection, keys, handed));
  }
}
