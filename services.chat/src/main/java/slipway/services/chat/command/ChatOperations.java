package slipway.services.chat.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import slipway.account.AccountName;
import slipway.services.chat.session.Chat;
import slipway.services.chat.store.Draft;
import slipway.services.chat.store.Kind;
import slipway.services.chat.text.PlainText;
import slipway.services.chat.text.RoomName;
import slipway.services.chat.text.ShownName;

/** What operators do, on the chat's own classes. */
final class ChatOperations implements Operations {

  private static final long PATIENCE_SECONDS = 30;

  /** The name of an operator at the console, for the audit table. */
  private static final String CONSOLE = "console";

  private static final long NOBODY = 0;

  private final Chat chat;

  ChatOperations(Chat chat) {
    this.chat = chat;
  }

  @Override
  public List<Room> rooms() {
    return chat.hall().rooms().stream().map(each -> new Room(each.name(), each.users())).toList();
  }

  @Override
  public List<String> who(String room) throws Refused {
    return chat.hall().who(name(room));
  }

  @Override
  public void say(String room, String text) throws Refused, InterruptedException {
    String clean = PlainText.of(text);
    int longest = chat.settings().get().messageLength();
    if (clean.isEmpty()) {
      throw new Refused("the message has no visible characters");
    }
    if (clean.getBytes(StandardCharsets.UTF_8).length > longest) {
      throw new Refused("a message has at most " + longest + " bytes");
    }
    Draft draft = new Draft(name(room), NOBODY, CONSOLE, Kind.TOLD, clean, 0);
    await(chat.journal().open().thenCompose(open -> chat.journal().post(draft)));
  }

  @Override
  public int kick(String name, String reason) throws Refused, InterruptedException {
    AccountName known;
    try {
      known = ShownName.read(name);
    } catch (IllegalArgumentException noName) {
      throw new Refused(noName.getMessage(), noName);
    }
    long account =
        chat.hall().accountOf(known).orElseThrow(() -> new Refused(known + " is not in the chat"));
    String why = PlainText.atMost(PlainText.of(reason), PlainText.LONGEST_NOTE);
    await(chat.archive().note(CONSOLE, "KICK", known.toString(), why));
    return chat.hall().end(account, "* an operator ended your connection" + PlainText.because(why));
  }

  @Override
  public List<Message> history(String room, int count, long before)
      throws Refused, InterruptedException {
    return await(chat.archive().latest(name(room), before - 1, count)).stream()
        .map(message -> new Message(message.id(), message.sent(), message.line()))
        .toList();
  }

  private static RoomName name(String room) throws Refused {
    try {
      return RoomName.of(room);
    } catch (IllegalArgumentException noName) {
      throw new Refused(noName.getMessage(), noName);
    }
  }

  private static <T> T await(CompletionStage<T> stage) throws Refused, InterruptedException {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new Refused(failed.getCause().getMessage(), failed.getCause());
    } catch (TimeoutException late) {
      throw new Refused("the database has not answered in time", late);
    }
  }
}
