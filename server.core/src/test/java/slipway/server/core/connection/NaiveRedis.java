package slipway.server.core.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.RedisArrayAggregator;
import io.netty.handler.codec.redis.RedisBulkStringAggregator;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import slipway.service.Connection;
import slipway.service.HandOff;

/** Adds all its handlers each time, as one would who has not read about hand-offs. */
public final class NaiveRedis implements HandOff {

  static final AttributeKey<Object> LEFT = AttributeKey.valueOf("left-behind");

  private final String name;

  /** Says its name in its answers, and does what the name says. */
  public NaiveRedis(String name) {
    this.name = name;
  }

  @Override
  public CompletionStage<Map<String, Object>> giveUp(Connection connection) {
    return CompletableFuture.completedFuture(Map.of());
  }

  @Override
  public void takeUp(Connection connection, Map<String, Object> state) {
    ChannelPipeline pipeline = connection.channel().pipeline();
    if (name.startsWith("front")) {
      pipeline.addLast(new Passing());
    }
    if (name.startsWith("framed")) {
      pipeline.addLast(new Framer());
    }
    if (name.startsWith("named")) {
      pipeline.addLast("decoder", new RedisDecoder());
    } else {
      pipeline.addLast(new RedisDecoder());
    }
    pipeline.addLast(
        new RedisBulkStringAggregator(),
        new RedisArrayAggregator(16, 4),
        new RedisEncoder(),
        new Commands());
    if (name.startsWith("callback")) {
      connection.channel().pipeline().get(RedisDecoder.class).setCumulator(new Callback());
    }
    if (name.startsWith("attribute")) {
      connection.channel().attr(LEFT).set(List.of(new Commands()));
    }
    if (name.startsWith("listens")) {
      connection.channel().closeFuture().addListener(closed -> new Commands());
      connection.channel().closeFuture().addListener(closed -> new Framer());
    }
    if (name.startsWith("fails")) {
      throw new AssertionError("in takeUp");
    }
  }

  private static final class Callback implements ByteToMessageDecoder.Cumulator {
    @Override
    public ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf before, ByteBuf in) {
      return ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, before, in);
    }
  }

  /** Lets whole commands through. */
  private static final class Framer extends ByteToMessageDecoder {
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      String text = in.toString(US_ASCII);
      int lines = text.isEmpty() ? 0 : 1 + 2 * (text.charAt(1 % text.length()) - '0');
      int end = 0;
      for (int line = 0; line < lines && end >= 0; line++) {
        end = text.indexOf('\n', end) + 1;
        if (end == 0) {
          return;
        }
      }
      if (end > 0) {
        out.add(in.readRetainedSlice(end));
      }
    }
  }

  private static final class Passing extends ChannelInboundHandlerAdapter {}

  private final class Commands extends SimpleChannelInboundHandler<RedisMessage> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, RedisMessage message) {
      String words =
          ((ArrayRedisMessage) message)
              .children().stream()
                  .map(word -> ((FullBulkStringRedisMessage) word).content().toString(US_ASCII))
                  .collect(Collectors.joining(" "));
      context.writeAndFlush(new SimpleStringRedisMessage(name + ":" + words));
    }
  }
}
