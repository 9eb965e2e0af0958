package slipway.server.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.server.core.pipeline.DroppedFailures;

class NettyLogTest {

  @BeforeEach
  void install() {
    NettyLog.install();
  }

  @AfterEach
  void uninstall() {
    NettyLog.uninstall();
  }

  /** As Netty's pipeline calls it. */
  @Test
  void aHandlersSecondFailureIsKeptForTheHost() {
    InternalLogger logger =
        InternalLoggerFactory.getInstance("io.netty.channel.AbstractChannelHandlerContext");
    Throwable failure = new AssertionError("in exceptionCaught");
    int before = DroppedFailures.count();
    assertThat(logger.isDebugEnabled()).isFalse();
    assertThat(logger.isWarnEnabled()).as("whatever the log's level").isTrue();
    logger.warn("An exception '{}' was thrown", failure, new IllegalStateException("first"));
    assertThat(DroppedFailures.since(before)).isSameAs(failure);
    assertThat(DroppedFailures.since(DroppedFailures.count())).isNull();
  }

  @Test
  void otherLinesAreNone() {
    InternalLogger logger =
        InternalLoggerFactory.getInstance("io.netty.channel.AbstractChannelHandlerContext");
    int before = DroppedFailures.count();
    logger.warn("something", new IllegalStateException());
    assertThat(DroppedFailures.since(before)).isNull();
  }
}
