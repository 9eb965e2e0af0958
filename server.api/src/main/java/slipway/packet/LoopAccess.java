package slipway.packet;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;

/** The way into the event loop of a session, or of a client. */
record LoopAccess(EventLoop loop) {

  /** Does something in the event loop, at once if it is this thread; false if it has ended. */
  boolean run(Runnable task) {
    if (!loop.inEventLoop()) {
      return later(task);
    }
    task.run();
    return true;
  }

  /** Has the event loop do something; false if it has ended, and all its connections with it. */
  boolean later(Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    }
  }
}
