package slipway.services.chat.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.services.chat.store.Message;
import slipway.services.chat.text.Times;

/** Shows what was said before. */
final class HistoryTalk {

  /** Messages that are shown at once. */
  private static final int MOST_SHOWN = 500;

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,9})?\\s*(?:before\\s+#?(\\d{1,18}))?", Pattern.CASE_INSENSITIVE);

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
    int count =
        matcher.group(1) == null
            ? me.settings().historyShown()
            : Integer.parseInt(matcher.group(1));
    if (matcher.group(1) != null && count == 0) {
      me.tell("* it is " + Command.HISTORY.usage() + "; N is 1 to " + MOST_SHOWN);
      return;
    }
    long before = matcher.group(2) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
    me.session()
        .await(
            me.chat().archive().latest(attendance.room(), before - 1, Math.min(count, MOST_SHOWN)),
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

  private static String line(Message message) {
    return "#" + message.id() + " [" + Times.of(message.sent()) + "] " + message.line();
  }
}
