package slipway.testkit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import slipway.service.Connection;
import slipway.service.Handed;
import slipway.service.Handlers;
import slipway.service.PipelineService;

/**
 * Passes on what is published to those who have subscribed to exactly this topic, at most or at
 * least once. Who has subscribed to what is shared by all versions.
 */
public final class Mqtt implements PipelineService {

  private static final String SHARED = "slipway.testkit.mqtt";
  private static final String NEXT = "next";

  private final Map<Channel, Map<String, Integer>> subscriptions;

  /** A version among others. */
  Mqtt(Map<Channel, Map<String, Integer>> subscriptions) {
    this.subscriptions = subscriptions;
  }

  /** For Declarative Services. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Mqtt(BundleContext context) throws InvalidSyntaxException {
    this(
        (Map<Channel, Map<String, Integer>>)
            context.getServiceReferences(Map.class, "(" + SHARED + "=*)").stream()
                .findFirst()
                .map(context::getService)
                .orElseGet(ConcurrentHashMap::new));
    context.registerService(
        Map.class, subscriptions, FrameworkUtil.asDictionary(Map.of(SHARED, true)));
  }

  @Override
  public void pipeline(Connection connection, Handed handed, Handlers handlers) {
    int next = (int) handed.number(NEXT).orElse(1);
    handlers
        .keep("decoder", MqttDecoder::new)
        .keep("encoder", () -> MqttEncoder.INSTANCE)
        .add("broker", () -> new Broker(next));
  }

  @Override
  public CompletionStage<Handed> giveUp(Connection connection) {
    Broker broker = connection.channel().pipeline().get(Broker.class);
    return CompletableFuture.completedFuture(Handed.nothing().with(NEXT, broker.next));
  }

  private final class Broker extends SimpleChannelInboundHandler<MqttMessage> {

    /** The number of the next message that is sent at least once. */
    private int next;

    private Broker(int next) {
      this.next = next;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
      if (message.decoderResult().isFailure()) {
        context.close();
        return;
      }
      switch (message) {
        case MqttConnectMessage connect ->
            context.write(
                MqttMessageBuilders.connAck()
                    .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                    .build());
        case MqttSubscribeMessage subscribe -> subscribe(context, subscribe);
        case MqttPublishMessage publish -> publish(context, publish);
        default -> {
          if (message.fixedHeader().messageType() == MqttMessageType.PINGREQ) {
            context.write(MqttMessage.PINGRESP);
          } else if (message.fixedHeader().messageType() == MqttMessageType.DISCONNECT) {
            context.close();
          }
        }
      }
    }

    private void subscribe(ChannelHandlerContext context, MqttSubscribeMessage message) {
      MqttMessageBuilders.SubAckBuilder reply =
          MqttMessageBuilders.subAck().packetId(message.variableHeader().messageId());
      for (MqttTopicSubscription wanted : message.payload().topicSubscriptions()) {
        int level = Math.min(1, wanted.qualityOfService().value());
        subscriptions
            .computeIfAbsent(context.channel(), first -> new ConcurrentHashMap<>())
            .put(wanted.topicFilter(), level);
        reply.addGrantedQos(MqttQoS.valueOf(level));
      }
      context.write(reply.build());
    }

    private void publish(ChannelHandlerContext context, MqttPublishMessage message) {
      String topic = message.variableHeader().topicName();
      subscriptions.forEach(
          (subscriber, topics) -> {
            if (topics.containsKey(topic)) {
              MqttPublishMessage copy = message.retainedDuplicate();
              subscriber
                  .eventLoop()
                  .execute(() -> subscriber.pipeline().fireUserEventTriggered(copy));
            }
          });
      if (message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
        context.write(
            MqttMessageBuilders.pubAck().packetId(message.variableHeader().packetId()).build());
      }
    }

    /** Somebody has published what this connection has subscribed to. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (!(event instanceof MqttPublishMessage message)) {
        context.fireUserEventTriggered(event);
        return;
      }
      String topic = message.variableHeader().topicName();
      int wanted = subscriptions.getOrDefault(context.channel(), Map.of()).getOrDefault(topic, 0);
      MqttQoS level = MqttQoS.valueOf(Math.min(wanted, message.fixedHeader().qosLevel().value()));
      int number = level == MqttQoS.AT_LEAST_ONCE ? next : 0;
      next = level == MqttQoS.AT_LEAST_ONCE ? next % 0xffff + 1 : next;
      context.writeAndFlush(
          new MqttPublishMessage(
              new MqttFixedHeader(MqttMessageType.PUBLISH, false, level, false, 0),
              new MqttPublishVariableHeader(topic, number),
              message.payload()));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      subscriptions.remove(context.channel());
      context.fireChannelInactive();
    }
  }
}
