package slipway.shell.commands.host;

import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slipway.account.Account;
import slipway.account.AccountName;
import slipway.account.AddressBan;
import slipway.account.Ban;
import slipway.account.Network;
import slipway.account.Role;
import slipway.admin.AccountAdmin;
import slipway.command.Call;
import slipway.command.CandidatesFor;
import slipway.command.Column;
import slipway.command.CommandException;
import slipway.command.Form;
import slipway.command.Table;

/** The verbs of {@code users}. */
@Command
final class Users {

  /** The issuer of a ban by command. */
  static final String CONSOLE = "console";

  private static final String NAME = "USER";
  private static final String TARGET = "USER|ADDRESS";

  private static final Table<AddressBan> ADDRESS_BANS =
      Table.of(
          new Column<>("Address", "address", AddressBan::network),
          new Column<>("Banned until", "bannedUntil", banned -> banned.ban().until()),
          new Column<>("By", "bannedBy", banned -> banned.ban().by()),
          new Column<>("Reason", "reason", banned -> banned.ban().reason()));

  private static final int PATIENCE_MILLIS = 1000;

  private static final String JSON = "Writes one JSON array.";
  private static final String USER = "The user's name; upper and lower case are the same.";
  private static final String BANNED = "A user's name, or an address or network.";
  private static final String ROLE = "USER, or OPERATOR for a moderator.";
  private static final String FILE =
      "A file that holds the password and nothing else. A relative path starts at the folder "
          + "in which bin/slipway is called, in the console at the host's folder.";
  private static final String STANDARD_INPUT = "The password is the next line of standard input.";

  private final AccountAdmin accounts;
  private final Call call;
  private final Clock clock;

  Users(AccountAdmin accounts, Call call, Clock clock) {
    this.accounts = accounts;
    this.call = call;
    this.clock = clock;
  }

  @Command(description = "Lists the users by name.")
  void ls(
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              converter = RoleConverter.class,
              description = "Only those with this role.")
          Role role,
      @Option(names = "--banned", description = "Only those who are banned now.") boolean banned,
      @Option(names = "--json", description = JSON) boolean json)
      throws CommandException, InterruptedException {
    Instant now = clock.instant();
    List<Account> listed =
        Answer.await("ls", accounts().list()).stream()
            .filter(user -> role == null || user.role() == role)
            .filter(user -> !banned || user.banAt(now).isPresent())
            .toList();
    call.show(UserTable.at(now), listed, Form.json(json));
  }

  @Command(
      description = {
        "Adds a user. To make the first operator: users add USER --role OPERATOR.",
        "The password is asked for, or comes from a file or from standard input."
      })
  void add(
      @Parameters(paramLabel = NAME, converter = AccountNameConverter.class, description = USER)
          AccountName name,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              converter = RoleConverter.class,
              defaultValue = "USER",
              description = ROLE)
          Role role,
      @Option(names = Passwords.FILE, paramLabel = "FILE", description = FILE) Path file,
      @Option(names = Passwords.STANDARD_INPUT, description = STANDARD_INPUT) boolean stdin,
      @Parameters(hidden = true, arity = "0..*") String[] more)
      throws CommandException, InterruptedException {
    refuse("add", more);
    AccountAdmin users = accounts();
    byte[] password = password("add", file, stdin).of(name);
    show(Answer.await("add", users.add(name, password, role)));
  }

  @Command(
      description = {
        "Sets a user's password.",
        "It is asked for, or comes from a file or from standard input."
      })
  void passwd(
      @Parameters(paramLabel = NAME, converter = AccountNameConverter.class, description = USER)
          AccountName name,
      @Option(names = Passwords.FILE, paramLabel = "FILE", description = FILE) Path file,
      @Option(names = Passwords.STANDARD_INPUT, description = STANDARD_INPUT) boolean stdin,
      @Parameters(hidden = true, arity = "0..*") String[] more)
      throws CommandException, InterruptedException {
    refuse("passwd", more);
    AccountAdmin users = accounts();
    byte[] password = password("passwd", file, stdin).of(name);
    Account changed = Answer.await("passwd", users.setPassword(name, password));
    call.out().print("the password of " + changed.name() + " is set\n");
  }

  @Command(description = "Gives a user a role.")
  void role(
      @Parameters(paramLabel = NAME, converter = AccountNameConverter.class, description = USER)
          AccountName name,
      @Parameters(paramLabel = "ROLE", converter = RoleConverter.class, description = ROLE)
          Role role)
      throws CommandException, InterruptedException {
    show(Answer.await("role", accounts().setRole(name, role)));
  }

  @Command(
      description = {
        "Bans a user or an address; this replaces an earlier ban.",
        "An address is one such as 192.0.2.7 or 2001:db8::7, or a network such as "
            + "192.0.2.0/24. An IPv6 address stands for its /64 network."
      })
  void ban(
      @Option(
              names = "--address",
              description =
                  "Also bans the address from which the user last logged in. Others may have "
                      + "the same one.")
          boolean address,
      @Parameters(paramLabel = TARGET, converter = BanTarget.Converter.class, description = BANNED)
          BanTarget target,
      @Parameters(paramLabel = "DURATION", description = "How long, such as 30m, 12h or 7d.")
          Duration duration,
      @Parameters(
              paramLabel = "REASON",
              arity = "0..*",
              description = "Why, at most 200 characters; the user is told.")
          String[] reason)
      throws CommandException, InterruptedException {
    String why = reason == null ? "" : String.join(" ", reason);
    Ban ban = new Ban(until(duration), why, CONSOLE);
    switch (target) {
      case BanTarget.Addresses addresses -> ban(addresses.network(), ban);
      case BanTarget.User user -> {
        Account banned = Answer.await("ban", accounts().ban(user.name(), ban));
        if (address) {
          ban(
              Answer.await("ban", accounts().lastNetwork(user.name()))
                  .orElseThrow(
                      () ->
                          new CommandException(
                              "users ban: "
                                  + user.name()
                                  + " is banned, but not an address: it is not known from which "
                                  + "one this user last logged in")),
              ban);
        }
        show(banned);
      }
    }
  }

  private void ban(Network network, Ban ban) throws CommandException, InterruptedException {
    show(Answer.await("ban", accounts().ban(network, ban)));
  }

  private void show(AddressBan ban) {
    call.show(ADDRESS_BANS, List.of(ban));
  }

  @Command(description = "Lists the addresses that are banned now.")
  void bans(@Option(names = "--json", description = JSON) boolean json)
      throws CommandException, InterruptedException {
    List<AddressBan> listed = Answer.await("bans", accounts().addressBans());
    call.show(ADDRESS_BANS, listed, Form.json(json));
  }

  private Instant until(Duration duration) throws CommandException {
    if (duration.isZero()) {
      throw new CommandException(
          "users ban: DURATION 0: allowed is more than 0; to end a ban: users unban");
    }
    try {
      return clock.instant().plus(duration);
    } catch (DateTimeException tooLong) {
      return Instant.MAX;
    }
  }

  @Command(description = "Ends the ban of a user, or of an address.")
  void unban(
      @Parameters(paramLabel = TARGET, converter = BanTarget.Converter.class, description = BANNED)
          BanTarget target)
      throws CommandException, InterruptedException {
    switch (target) {
      case BanTarget.User user -> show(Answer.await("unban", accounts().unban(user.name())));
      case BanTarget.Addresses addresses -> {
        Network network = addresses.network();
        if (!Answer.await("unban", accounts().unban(network))) {
          throw new CommandException("users unban: " + network + " is not banned; see: users bans");
        }
        call.out().print(network + " may log in again\n");
      }
    }
  }

  @Command(description = "Removes a user, and ends the user's sessions.")
  void rm(
      @Parameters(paramLabel = NAME, converter = AccountNameConverter.class, description = USER)
          AccountName name)
      throws CommandException, InterruptedException {
    call.out().print("removed " + Answer.await("rm", accounts().remove(name)).name() + "\n");
  }

  @Command(description = "Removes all users, and ends their sessions.")
  void clear(@Option(names = Consent.OPTION, description = Consent.HELP) boolean yes)
      throws CommandException, InterruptedException {
    Consent consent = new Consent("users clear", yes, call.caller());
    if (consent.to("remove " + users(Answer.await("clear", accounts().list()).size()))) {
      call.out().print("removed " + users(Answer.await("clear", accounts().clear())) + "\n");
    }
  }

  private static String users(int count) {
    return count == 1 ? "1 user" : count + " users";
  }

  /** What stands behind the name may be a password, so it is not repeated. */
  private static void refuse(String verb, String[] more) throws CommandException {
    if (more != null && more.length > 0) {
      throw new CommandException(
          "users "
              + verb
              + ": a password does not belong on a command line; see: users "
              + verb
              + " --help");
    }
  }

  private Passwords password(String verb, Path file, boolean stdin) {
    return new Passwords("users " + verb, file, stdin, call.caller());
  }

  private void show(Account user) {
    call.show(UserTable.at(clock.instant()), List.of(user));
  }

  private AccountAdmin accounts() throws CommandException {
    return HostPart.need(accounts, "users");
  }

  /** Nothing if the database does not answer at once: the user has pressed TAB and waits. */
  @CandidatesFor({NAME, TARGET})
  List<String> names() throws Exception {
    return accounts == null
        ? List.of()
        : accounts.list().toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).stream()
            .map(account -> account.name().toString())
            .toList();
  }
}
