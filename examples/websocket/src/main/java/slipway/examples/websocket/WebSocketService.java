package slipway.examples.websocket;

import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import org.osgi.service.component.annotations.Component;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;
import slipway.service.Service;
import slipway.service.ServiceName;

/**
 * HTTP that takes uploads and answers with their SHA-256, and a WebSocket at {@code /echo} that
 * sends back what it gets. Connections go from version to version in the middle of an upload and of
 * a frame.
 */
@Component(service = Service.class)
@ServiceName("websocket")
public final class WebSocketService implements PipelineService {

  private static final String PATH = "/echo";
  private static final int LONGEST_FRAME = 1 << 16;
  private static final int LONGEST_MESSAGE = 1 << 20;

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    handlers
        .keep("http", HttpServerCodec::new)
        .keep("websocket", () -> new WebSocketServerProtocolHandler(config()))
        .keep("frames", () -> new WebSocketFrameAggregator(LONGEST_MESSAGE))
        .add("requests", () -> new Requests(connection, handed))
        .add("echo", Echo::new);
  }

  private static WebSocketServerProtocolConfig config() {
    return WebSocketServerProtocolConfig.newBuilder()
        .websocketPath(PATH)
        .maxFramePayloadLength(LONGEST_FRAME)
        .sendCloseFrame(null) // else it would write one to clients of HTTP, too, as they end
        .build();
  }
}
