package slipway.services.chat.session;

import slipway.service.GoingAway;
import slipway.text.Times;

/** What users read before the host closes their connection. */
final class Goodbye {

  private Goodbye() {}

  static String of(GoingAway news) {
    String why =
        switch (news.reason()) {
          case REPLACED -> "* there is a new version of the chat; connect again to use it";
          case DRAINED -> "* the chat is closing";
          case LOCKED -> "* the chat is closed";
          case HOST_ENDS -> "* the host ends";
        };
    return news.last()
        ? why
        : why
            + news.deadline()
                .map(until -> "; you may stay until " + Times.of(until))
                .orElse("; you may stay for as long as you like");
  }
}
