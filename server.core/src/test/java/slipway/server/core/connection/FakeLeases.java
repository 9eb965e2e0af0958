package slipway.server.core.connection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import slipway.server.core.life.HandOver;
import slipway.server.core.life.Leases;
import slipway.server.core.life.Quota;
import slipway.server.core.life.Refusal;
import slipway.server.core.life.ServiceLease;
import slipway.server.core.life.TestLeases;
import slipway.service.Service;

/** Services by name, there at once or when the test says so. */
final class FakeLeases implements Leases {

  private final Map<String, Service> services = new HashMap<>();
  private final Map<String, CompletableFuture<ServiceLease>> starting = new HashMap<>();
  final Map<String, Quota> quotas = new HashMap<>();
  final List<String> proved = new ArrayList<>();
  Service instead;
  HandOver handOver;
  private final AtomicInteger open = new AtomicInteger();

  FakeLeases with(String name, Service service) {
    services.put(name, service);
    return this;
  }

  FakeLeases starting(String name) {
    starting.put(name, new CompletableFuture<>());
    return this;
  }

  void started(String name, Service service) {
    starting.get(name).complete(lease(name, service));
  }

  /** How many are not closed. */
  int open() {
    return open.get();
  }

  /** How many connections a service may have from now on. */
  void limit(String name, int connections) {
    TestLeases.limit(quota(name), connections);
  }

  @Override
  public Quota quota(String name) {
    return quotas.computeIfAbsent(name, Quota::new);
  }

  @Override
  public void proved(ServiceLease lease) {
    proved.add(lease.name());
  }

  @Override
  public CompletionStage<ServiceLease> instead(ServiceLease lease, String reason) {
    return instead == null
        ? CompletableFuture.failedFuture(new Refusal(lease.name() + " failed"))
        : CompletableFuture.completedFuture(lease(lease.name(), instead));
  }

  @Override
  public void handOverBy(HandOver mover) {
    handOver = mover;
  }

  private ServiceLease lease(String name, Service service) {
    open.incrementAndGet();
    return TestLeases.lease(name, service, open::decrementAndGet);
  }

  @Override
  public CompletionStage<ServiceLease> lease(String name) {
    if (starting.containsKey(name)) {
      return starting.get(name);
    }
    return services.containsKey(name)
        ? CompletableFuture.completedFuture(lease(name, services.get(name)))
        : CompletableFuture.failedFuture(new Refusal("unknown service: " + name));
  }
}
