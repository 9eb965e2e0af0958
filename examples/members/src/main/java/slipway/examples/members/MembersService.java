package slipway.examples.members;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import slipway.account.Account;
import slipway.account.AccountException;
import slipway.account.AccountListener;
import slipway.account.AccountName;
import slipway.account.Accounts;
import slipway.account.LogIn;
import slipway.account.Origin;
import slipway.service.Connection;
import slipway.service.Service;
import slipway.service.ServiceName;
import slipway.stream.StreamService;

/**
 * Greets a user by name and password, a line each, and then waits for the end. A new name is
 * registered. The connections of a user who is removed or banned are ended.
 */
@Component(service = {Service.class, AccountListener.class, MembersService.class})
@ServiceName("members")
public final class MembersService extends StreamService implements AccountListener {

  private static final int LONGEST_LINE = 200;

  private final Accounts accounts;
  private final Map<Long, Set<Connection>> sessions = new ConcurrentHashMap<>();

  /** For Declarative Services. */
  @Activate
  public MembersService(@Reference Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  protected void serve(Connection connection, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    out.write((answer(connection, line(in), line(in)) + "\n").getBytes(UTF_8));
    out.flush();
    in.transferTo(OutputStream.nullOutputStream());
  }

  private String answer(Connection connection, byte[] name, byte[] password)
      throws InterruptedException {
    try {
      return accounts
          .logIn(AccountName.of(new String(name, UTF_8)), password, true, Origin.of(connection))
          .thenApply(logIn -> answer(connection, logIn))
          .toCompletableFuture()
          .get();
    } catch (IllegalArgumentException noName) {
      return noName.getMessage();
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof AccountException refused
          ? refused.getMessage()
          : "that failed";
    }
  }

  /** In the accounts' thread: no change of the account comes between the log-in and the list. */
  private String answer(Connection connection, LogIn logIn) {
    return switch (logIn) {
      case LogIn.Entered entered -> {
        enter(entered.account().id(), connection);
        yield (entered.registered() ? "Welcome, " : "Hello again, ") + entered.account().name();
      }
      case LogIn.Banned banned -> "Banned until " + banned.ban().until();
      default -> "Wrong password";
    };
  }

  private void enter(long id, Connection connection) {
    sessions.computeIfAbsent(id, first -> ConcurrentHashMap.newKeySet()).add(connection);
    connection.channel().closeFuture().addListener(closed -> leave(id, connection));
  }

  private void leave(long id, Connection connection) {
    sessions.computeIfPresent(
        id,
        (any, open) -> {
          open.remove(connection);
          return open.isEmpty() ? null : open;
        });
  }

  @Override
  public void removed(Account account) {
    end(account.id());
  }

  @Override
  public void passwordChanged(Account account, Origin by) {
    removed(account);
  }

  @Override
  public void changed(Account account) {
    if (account.banAt(Instant.now()).isPresent()) {
      removed(account);
    }
  }

  /** The members who are here, by their numbers. */
  List<Presence> present() {
    return sessions.entrySet().stream()
        .map(member -> new Presence(member.getKey(), member.getValue().size()))
        .sorted(Comparator.comparing(Presence::member))
        .toList();
  }

  /** Ends all connections of a member. */
  void end(long id) {
    sessions.getOrDefault(id, Set.of()).forEach(Connection::finish);
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() == LONGEST_LINE) {
        throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
      }
      line.write(next);
    }
    return line.toByteArray();
  }
}
