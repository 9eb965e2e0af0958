package slipway.examples.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.InlineCommandRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import slipway.inbox.Inbox;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.HandsOver;

/**
 * Answers the commands of a connection, in their order. A client that sends many at once and does
 * not read the answers has the rest of them wait here, and is not read; they go to the next
 * version, too.
 */
final class Commands extends ChannelInboundHandlerAdapter
    implements HandsOver, Inbox.Taker<Object> {

  static final String ENDED = "ended";

  private static final int LONGEST_KEY = 512;
  private static final RedisMessage OK = new SimpleStringRedisMessage("OK");

  private final Connection connection;
  private final Keys keys;
  private final Inbox<Object> waiting;
  private ChannelHandlerContext context;
  private boolean ended;

  /**
   * Answers what comes from now on.
   *
   * @param handed what another version's handlers have handed over; nothing for a new connection
   */
  Commands(Connection connection, Keys keys, Handed handed) {
    this.connection = connection;
    this.keys = keys;
    this.waiting = new Inbox<>(this, connection::reads);
    this.ended = handed.flag(ENDED);
  }

  /** Whether the client has had its last answer. */
  @Override
  public Handed handed() {
    return Handed.nothing().with(ENDED, ended);
  }

  // ---- one after the other ---------------------------------------------------------------------

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext read, Object message) {
    waiting.add(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext read) {
    read.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    waiting.next();
    changed.flush();
    changed.fireChannelWritabilityChanged();
  }

  /** What has not been answered goes to the handler that takes this place. */
  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    waiting.takeAll().forEach(removed::fireChannelRead);
  }

  /** A client that does not read the answers is not answered more. */
  @Override
  public boolean isReady() {
    return context.channel().isWritable();
  }

  @Override
  public void take(Object message) {
    try {
      if (!ended) {
        List<byte[]> words = words(message);
        if (!words.isEmpty()) {
          context.write(answer(words));
        }
        if (ended) {
          connection.finish();
        }
      }
    } catch (DecoderException malformed) {
      end(malformed);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** What no codec can read; the client is told, and the connection ends. */
  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    if (cause instanceof DecoderException malformed) {
      end(malformed);
    } else {
      caught.fireExceptionCaught(cause);
    }
  }

  private void end(DecoderException malformed) {
    if (!ended) {
      ended = true;
      Throwable reason = malformed.getCause() == null ? malformed : malformed.getCause();
      context.write(error("Protocol error: " + reason.getMessage()));
      connection.finish();
    }
  }

  // ---- words -----------------------------------------------------------------------------------

  private static List<byte[]> words(Object message) {
    List<byte[]> words = new ArrayList<>();
    switch (message) {
      case ArrayRedisMessage array when !array.isNull() -> {
        for (RedisMessage word : array.children()) {
          if (!(word instanceof FullBulkStringRedisMessage text) || text.isNull()) {
            throw new DecoderException("a command consists of bulk strings");
          }
          words.add(ByteBufUtil.getBytes(text.content()));
        }
      }
      case InlineCommandRedisMessage line -> {
        for (String word : line.content().split(" +")) {
          if (!word.isEmpty()) {
            words.add(word.getBytes(ISO_8859_1));
          }
        }
      }
      default -> throw new DecoderException("a command is an array or a line");
    }
    return words;
  }

  // ---- answers ---------------------------------------------------------------------------------

  private RedisMessage answer(List<byte[]> words) {
    String command = new String(words.get(0), ISO_8859_1).toUpperCase(Locale.ROOT);
    int arguments = words.size() - 1;
    boolean fits =
        switch (command) {
          case "SET" -> arguments == 2;
          case "GET", "INCR" -> arguments == 1;
          case "DEL" -> arguments >= 1;
          case "PING" -> arguments <= 1;
          default -> true;
        };
    if (!fits) {
      return error("wrong number of arguments for " + command);
    }
    try {
      return switch (command) {
        case "SET" -> set(words);
        case "GET" -> bulk(keys.get(key(words.get(1))));
        case "INCR" -> new IntegerRedisMessage(keys.increment(key(words.get(1))));
        case "DEL" -> new IntegerRedisMessage(delete(words.subList(1, words.size())));
        case "DBSIZE" -> new IntegerRedisMessage(keys.count());
        case "PING" -> arguments == 0 ? new SimpleStringRedisMessage("PONG") : bulk(words.get(1));
        case "INFO" -> bulk(("slipway_version:" + connection.version()).getBytes(ISO_8859_1));
        // what clients ask as they connect
        case "COMMAND" -> ArrayRedisMessage.EMPTY_INSTANCE;
        case "CONFIG" -> config(words);
        case "QUIT" -> quit();
        default -> error("unknown command " + command);
      };
    } catch (Keys.Full full) {
      return error("there is no room for it");
    } catch (NumberFormatException noNumber) {
      return error("value is not an integer or out of range");
    } catch (ArithmeticException tooGreat) {
      return error("increment would overflow");
    } catch (IllegalArgumentException tooLong) {
      return error(tooLong.getMessage());
    }
  }

  private RedisMessage set(List<byte[]> words) {
    keys.set(key(words.get(1)), words.get(2));
    return OK;
  }

  private long delete(List<byte[]> words) {
    return words.stream().filter(word -> keys.remove(key(word))).count();
  }

  private RedisMessage quit() {
    ended = true;
    return OK;
  }

  /** There are no settings, so each is empty. */
  private static RedisMessage config(List<byte[]> words) {
    return words.size() == 3 && new String(words.get(1), ISO_8859_1).equalsIgnoreCase("GET")
        ? new ArrayRedisMessage(List.of(bulk(words.get(2)), bulk(new byte[0])))
        : error("there are no settings");
  }

  private static String key(byte[] word) {
    if (word.length > LONGEST_KEY) {
      throw new IllegalArgumentException("a key is longer than " + LONGEST_KEY + " bytes");
    }
    return new String(word, ISO_8859_1);
  }

  private static RedisMessage bulk(byte[] value) {
    return value == null
        ? FullBulkStringRedisMessage.NULL_INSTANCE
        : new FullBulkStringRedisMessage(Unpooled.wrappedBuffer(value));
  }

  /** In one line, whatever the client has sent. */
  private static RedisMessage error(String text) {
    String line = text.replaceAll("[^ -~]", "?");
    return new ErrorRedisMessage("ERR " + line.substring(0, Math.min(line.length(), 100)));
  }
}
