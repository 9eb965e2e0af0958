package slipway.shell.commands.host;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import slipway.admin.AcceptorAdmin;
import slipway.admin.DeployAdmin;
import slipway.admin.ServiceAdmin;
import slipway.command.Call;
import slipway.dump.Attachable;
import slipway.dump.Attachments;
import slipway.shell.commands.desk.DeskCall;

/** Services and acceptors as {@code libctl ps --json} and {@code acserv ps --json} list them. */
@Component
public final class AttachedLists implements Attachable {

  private final ServiceAdmin services;
  private final DeployAdmin deploys;
  private final AcceptorAdmin acceptors;

  private interface Listing {
    void to(Call call) throws Exception;
  }

  /** Called by Declarative Services; services are null while they are absent. */
  @Activate
  public AttachedLists(
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          ServiceAdmin services,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          DeployAdmin deploys,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          AcceptorAdmin acceptors) {
    this.services = services;
    this.deploys = deploys;
    this.acceptors = acceptors;
  }

  @Override
  public String title() {
    return "lists";
  }

  @Override
  public void attach(Attachments to) throws Exception {
    add(to, "libctl-ps.json", call -> new Libctl(services, deploys, null, call).ps(true));
    add(to, "acserv-ps.json", call -> new Acserv(acceptors, call).ps(true));
  }

  private static void add(Attachments to, String name, Listing listing) throws Exception {
    try (OutputStream file = to.file(name);
        PrintStream out = new PrintStream(file, false, StandardCharsets.UTF_8)) {
      listing.to(
          new DeskCall(
              "dump", null, Path.of("").toAbsolutePath(), InputStream.nullInputStream(), out));
    }
  }
}
