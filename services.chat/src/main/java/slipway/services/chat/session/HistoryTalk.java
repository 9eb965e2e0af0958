package slipway.services.chat.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.services.chat.store.Message;
import slipway.text.Times;

/** Shows what was said before. */
final class HistoryTalk {

  /** Messages that are shown at once. */
  private static final int MOST_SHOWN = 500;

  private static final Pattern FORM =
      Pattern.compile("(\\d+)?\\s*(?:before\\s+#?(\\d{1,18}))?", Pattern.CASE_INSENSITIVE);

  private final Participant me;
  private final Attendance attendance;

  HistoryTalk(Participant me, Attendance attendance) {
    this.me = me;
    this.attendance = attendance;
  }

  void show(String rest) {
    Matcher matcher = FORM.matcher(rest);
    if (!matcher.matches()) {
      me.usage(Command.HISTORY);
      return;
    }
    String asked = matcher.group(1);
    int count = asked == null ? me.settings().historyShown() : number(asked);
    if (asked != null && (count < 1 || count > MOST_SHOWN)) {
      me.tell("* usage: " + Command.HISTORY.usage() + "; N is 1 to " + MOST_SHOWN);
      return;
    }
    long before = matcher.group(2) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
    me.session()
        .lines()
        .await(
            me.chat().archive().latest(attendance.room(), before - 1, count),
            (messages, failure) -> {
              if (failure != null) {
                me.tell("* " + me.reason(failure, "read the history"));
              } else if (messages.isEmpty()) {
                me.tell("* there is nothing before");
              } else {
                me.tell(
                    messages.stream()
                        .filter(message -> !me.user().ignored().containsKey(message.account()))
                        .map(HistoryTalk::line)
                        .toList());
              }
            });
  }

  /** One that is too large for a number is too large. */
  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException tooLarge) {
      return Integer.MAX_VALUE;
    }
  }

  private static String line(Message message) {
    return "#" + message.id() + " [" + Times.of(message.sent()) + "] " + message.line();
  }
}
