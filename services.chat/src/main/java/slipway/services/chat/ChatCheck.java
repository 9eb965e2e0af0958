package slipway.services.chat;

import java.lang.annotation.Annotation;
import org.osgi.service.component.annotations.Component;
import slipway.config.ConfigurationCheck;
import slipway.config.InvalidConfiguration;
import slipway.config.Settings;
import slipway.services.chat.session.ChatSettings;

/** Refuses configurations of the chat that could not take effect. */
@Component(property = ConfigurationCheck.PID + "=" + ChatConfig.PID)
public final class ChatCheck implements ConfigurationCheck {

  @Override
  public Class<? extends Annotation> type() {
    return ChatConfig.class;
  }

  @Override
  public void check(String name, Settings settings) throws InvalidConfiguration {
    ChatSettings.of(settings);
  }
}
