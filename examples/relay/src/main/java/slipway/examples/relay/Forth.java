package slipway.examples.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import slipway.service.Connection;
import slipway.service.Handed;

/** Passes on what the client says. */
final class Forth extends ChannelInboundHandlerAdapter {

  private final Connection connection;
  private final ChannelFuture connecting;
  private final Channel server;

  /** What has come before the server was connected: bytes, and perhaps the end behind them. */
  private final Queue<Object> waiting = new ArrayDeque<>();

  Forth(Connection connection, ChannelFuture connecting) {
    this.connection = connection;
    this.connecting = connecting;
    this.server = connecting.channel();
  }

  /** Completed when the server is connected. */
  CompletionStage<Handed> connected() {
    CompletableFuture<Handed> connected = new CompletableFuture<>();
    connecting.addListener(done -> connected.complete(Handed.nothing()));
    return connected;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    if (!connecting.isDone()) {
      connection.reads(false);
      connecting.addListener(
          done -> {
            if (done.isSuccess()) {
              waiting.forEach(this::pass);
              waiting.clear();
              server.flush();
              connection.reads(true);
            } else {
              connection.finish();
            }
          });
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    take(message);
  }

  /** The client has ended its output, and may still wait for what the server says to that. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      take(event);
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  private void take(Object message) {
    if (connecting.isDone()) {
      pass(message);
    } else {
      waiting.add(message);
    }
  }

  private void pass(Object message) {
    if (message instanceof ChannelInputShutdownEvent) {
      server.flush();
      ((DuplexChannel) server).shutdownOutput();
    } else {
      server.write(message);
      if (!server.isWritable()) {
        connection.reads(false);
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    server.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    server.config().setAutoRead(context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    server.close();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    for (Object next = waiting.poll(); next != null; next = waiting.poll()) {
      context.fireChannelRead(next); // the client has gone before the server was connected
    }
  }
}
