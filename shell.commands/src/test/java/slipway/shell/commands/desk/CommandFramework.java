package slipway.shell.commands.desk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import slipway.admin.AdminException;
import slipway.admin.Ending;
import slipway.admin.RefusedFile;
import slipway.admin.ServiceAdmin;
import slipway.admin.ServiceState;
import slipway.admin.ServiceStatus;
import slipway.admin.ServiceUse;
import slipway.command.Command;

/**
 * A real framework with bundles that have manifests and no classes, and leases of their services.
 */
final class CommandFramework implements ServiceAdmin {

  private final Framework framework;

  /** The bundle that serves; null if the service is not to be had. */
  Bundle serving;

  /** What happens when the serving bundle is started for a lease. */
  Runnable whenUsed = () -> {};

  /** What is to be called when the version has to stop. */
  Runnable leave;

  final List<String> leases = new ArrayList<>();

  CommandFramework(Path folder) throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("cache").toString(),
                    "felix.log.level",
                    "0"));
    framework.start();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** A bundle that is installed. */
  Bundle install(String symbolicName, String version, String capabilities) throws Exception {
    String location = symbolicName + "-" + version;
    return context().installBundle(location, jar(symbolicName, version, capabilities));
  }

  /** A bundle that is resolved, and not started. */
  Bundle resolved(String symbolicName, String version, String capabilities) throws Exception {
    Bundle bundle = install(symbolicName, version, capabilities);
    framework.adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));
    return bundle;
  }

  static ByteArrayInputStream jar(String symbolicName, String version, String capabilities)
      throws Exception {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
    headers.putValue(Constants.BUNDLE_VERSION, version);
    headers.putValue(Constants.PROVIDE_CAPABILITY, capabilities);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  /** What a started bundle's component does. */
  static void register(Bundle bundle, String name, Command command) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(Command.NAME, name);
    bundle.getBundleContext().registerService(Command.class, command, properties);
  }

  @Override
  public ServiceUse use(String name, Runnable whenToLeave) throws AdminException {
    if (serving == null) {
      throw new AdminException(name + " is LOCKED");
    }
    leave = whenToLeave;
    whenUsed.run();
    long id = serving.getBundleId();
    leases.add("open " + name);
    return new ServiceUse() {
      @Override
      public long bundleId() {
        return id;
      }

      @Override
      public void close() {
        leases.add("close " + name);
      }
    };
  }

  @Override
  public List<ServiceStatus> services() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<RefusedFile> refusedConfigurations() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ServiceStatus setState(String name, ServiceState state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Ending lockWithin(String name, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  void close() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }
}
