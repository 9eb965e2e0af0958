package slipway.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import slipway.message.MessageCodec;
import slipway.message.UntilEmptyMessage;

class HandlersTest {

  private static final class Any extends ChannelInboundHandlerAdapter {}

  @Test
  void aDescriptionKeepsItsOrder() {
    Handlers handlers = new Handlers().keep("codec", Any::new).add("logic", Any::new);
    assertThat(handlers.list())
        .extracting(Handlers.Described::name)
        .containsExactly("codec", "logic");
    assertThat(handlers.list()).extracting(Handlers.Described::stays).containsExactly(true, false);
  }

  @Test
  void twoHandlersCannotHaveOneName() {
    Handlers handlers = new Handlers().keep("codec", Any::new);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handlers.add("codec", Any::new))
        .withMessage("two handlers are named codec");
  }

  @Test
  void aServiceThatDescribesCanBeAttachedWithoutAHost() throws Exception {
    EmbeddedChannel channel = new EmbeddedChannel();
    PipelineService service =
        (connection, handed, handlers) -> handlers.keep("codec", Any::new).add("logic", Any::new);
    service.attach(new FakeConnection(channel, null));
    assertThat(channel.pipeline().names()).startsWith("codec", "logic");
    channel.finishAndReleaseAll();
  }

  @Test
  void aServiceGivesWhatItsHandlersHandOver() throws Exception {
    EmbeddedChannel channel = new EmbeddedChannel();
    Connection connection = new FakeConnection(channel, Delimiter.CRLF);
    PipelineService service =
        (taken, handed, handlers) ->
            handlers
                .keep("end", () -> new UntilEmptyMessage(taken, Delimiter.CRLF, handed))
                .keep("codec", () -> new MessageCodec(taken, handed, 80))
                .add("logic", Any::new);
    service.attach(connection);
    assertThat(service.giveUp(connection))
        .isCompletedWithValue(Handed.nothing().with("start", true).with("delimiter", "CRLF"));
    channel.finishAndReleaseAll();
  }
}
