package slipway.server.core.deploy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Versions that serve at once, unless the test says otherwise. */
final class FakeVersions implements Versions {

  final List<String> calls = new ArrayList<>();
  private final List<Deployed> pending = new ArrayList<>();
  private final Map<String, Deployed> serving = new HashMap<>();

  /** Who is told; set by the test. */
  Fates fates;

  /** What the next deploys are refused with; null for nothing. */
  NotDeployed refusal;

  /** Which deploys that is, by their file; all unless the test says otherwise. */
  Predicate<Path> refuses = file -> true;

  /** How the next versions fail after they were installed; null for not at all. */
  NotDeployed failure;

  @Override
  public Deployed deploy(ServiceJar jar, Path target, String by, String source, boolean force)
      throws NotDeployed {
    calls.add("deploy " + jar.shown() + " as " + target.getFileName());
    if (refusal != null && refuses.test(target)) {
      throw refusal;
    }
    Entry entry =
        new Entry(
            jar.service().orElseThrow(),
            Instant.EPOCH,
            "",
            by,
            jar.digest(),
            Outcome.SERVES,
            "",
            "",
            "");
    Deployed deployed = new Deployed(target, jar, null, entry, new CompletableFuture<>());
    pending.add(deployed);
    return deployed;
  }

  /** Which versions fail when they are to serve, by their file; none unless the test says so. */
  Predicate<Path> stillborn = file -> false;

  /** Whether it is not known yet what becomes of what is deployed. */
  boolean holds;

  Deployed held(String version) {
    return pending.stream()
        .filter(some -> some.jar().version().toString().equals(version))
        .findFirst()
        .orElseThrow();
  }

  /** What was deployed turns out to serve, or to fail, as the framework would tell later. */
  void settle() {
    if (holds) {
      return;
    }
    List<Deployed> all = List.copyOf(pending);
    pending.clear();
    for (Deployed deployed : all) {
      if (failure != null) {
        fates.failed(deployed, failure);
      } else {
        serving.put(deployed.service(), deployed);
        fates.serves(deployed);
        NotDeployed reason = NotDeployed.refused("it throws");
        if (stillborn.test(deployed.target()) && fates.follow(deployed, reason)) {
          serving.remove(deployed.service());
          fates.failed(deployed, reason);
        }
      }
    }
    if (!pending.isEmpty()) {
      settle();
    }
  }

  /** What is thrown when a file that is gone is to be taken away; null for nothing. */
  RuntimeException trouble;

  @Override
  public void withdraw(Path file, Predicate<String> services) {
    if (trouble != null) {
      calls.add("withdraw in vain");
      throw trouble;
    }
    serving
        .values()
        .removeIf(
            deployed -> {
              boolean goes = deployed.target().equals(file) && services.test(deployed.service());
              if (goes) {
                calls.add("withdraw " + deployed.jar().shown());
              }
              return goes;
            });
  }

  @Override
  public void renamed(Path file, Path name) {
    calls.add("rename " + file.getFileName() + " to " + name.getFileName());
    serving.replaceAll(
        (service, deployed) -> deployed.target().equals(file) ? deployed.in(name) : deployed);
  }

  @Override
  public Optional<Deployed> serving(String service) {
    return Optional.ofNullable(serving.get(service));
  }

  @Override
  public Optional<Deployed> serving(Path file) {
    return serving.values().stream().filter(deployed -> deployed.target().equals(file)).findFirst();
  }
}
