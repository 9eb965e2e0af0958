package slipway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.cm.file.ConfigurationHandler;
import org.apache.felix.cm.file.FilePersistenceManager;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.scr.info.ScrInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.SynchronousConfigurationListener;
import slipway.admin.RefusedFile;
import slipway.config.ConfigurationCheck;
import slipway.config.ConfigurationStore;
import slipway.dump.Attachable;
import slipway.server.config.text.Values;
import slipway.service.ServiceNames;

/** A Felix framework with the real Config Admin and, if wanted, this bundle. */
final class TestFramework {

  private static final long DEADLINE_SECONDS = 60;

  private final Semaphore changes = new Semaphore(0);
  private final Framework framework;
  private final LogRecords log = new LogRecords(this::signal);
  private Bundle subject;

  TestFramework(Path cache, Path home) throws BundleException, IOException {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
    properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, "onFirstInit");
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        exported(ConfigurationCheck.class)
            + ","
            + exported(ServiceNames.class)
            + ","
            + exported(RefusedFile.class)
            + ","
            + exported(Attachable.class)
            + ",org.slf4j;version=2.0.17,org.osgi.service.cm;version=1.6.1,"
            + "org.apache.felix.cm;version=1.2.0,org.apache.felix.cm.file;version=1.1.0,"
            + "org.osgi.service.component;version=1.5.1,"
            + "org.osgi.service.component.runtime;version=1.5.0,"
            + "org.osgi.service.component.runtime.dto;version=1.5.0,"
            + "org.osgi.util.promise;version=1.3.0,org.osgi.util.function;version=1.2.0");
    properties.put("slipway.home", home.toString());
    properties.put("felix.fileinstall.poll", "50");
    properties.put("felix.cm.pm", "slipway");
    framework = new FrameworkFactory().newFramework(properties);
    framework.start();
    context().registerService(SynchronousConfigurationListener.class, event -> signal(), null);
    install(ConfigurationHandler.class).start(); // Config Admin
  }

  /** The package of a class of the API, with the version that its manifest has now. */
  private static String exported(Class<?> member) throws IOException {
    String path = member.getName().replace('.', '/') + ".class";
    String location = member.getResource("/" + path).toString(); // in a jar, or in a folder
    String root = location.substring(0, location.length() - path.length());
    try (InputStream manifest = URI.create(root + JarFile.MANIFEST_NAME).toURL().openStream()) {
      String name = member.getPackageName();
      String exports = new Manifest(manifest).getMainAttributes().getValue("Export-Package");
      Matcher version =
          Pattern.compile(Pattern.quote(name) + ";[^,]*?version=\"([^\"]+)\"").matcher(exports);
      assertThat(version.find()).as(name + " in " + exports).isTrue();
      return name + ";version=" + version.group(1);
    }
  }

  /** Starts Declarative Services and this bundle, as the host does. */
  TestFramework withHost() throws BundleException {
    install(ScrInfo.class).start();
    subject = context().installBundle("reference:" + Path.of("target/classes").toUri());
    subject.start();
    return this;
  }

  /** Gives Config Admin a journal of this class loader, instead of the bundle's. */
  Journal withJournal(Path store) throws IOException {
    Journal journal = new Journal(new FilePersistenceManager(store.toString()));
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(PersistenceManager.PROPERTY_NAME, Journal.NAME);
    context().registerService(PersistenceManager.class, journal, properties);
    return journal;
  }

  private Bundle install(Class<?> member) throws BundleException {
    URL location = member.getProtectionDomain().getCodeSource().getLocation();
    return context().installBundle("reference:" + location);
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  Bundle subject() {
    return subject;
  }

  LogRecords log() {
    return log;
  }

  <T> T service(Class<T> type) {
    try {
      // "all": the framework's own bundle is not wired to the packages that it lends
      ServiceReference<?>[] found = context().getAllServiceReferences(type.getName(), null);
      return type.cast(context().getService(found[0]));
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  ConfigurationAdmin admin() {
    return service(ConfigurationAdmin.class);
  }

  ConfigurationStore store() {
    return service(ConfigurationStore.class);
  }

  ServiceRegistration<ConfigurationCheck> register(ConfigurationCheck check) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(ConfigurationCheck.PID, Sample.PID);
    return context().registerService(ConfigurationCheck.class, check, properties);
  }

  /** What Config Admin holds, by PID. */
  Map<String, Map<String, Object>> configurations() throws Exception {
    Map<String, Map<String, Object>> found = new TreeMap<>();
    Configuration[] configurations = admin().listConfigurations(null);
    for (Configuration configuration :
        configurations == null ? new Configuration[0] : configurations) {
      try {
        found.put(configuration.getPid(), Values.of(configuration.getProperties()));
      } catch (IllegalStateException deleted) {
        // since it was listed
      }
    }
    return found;
  }

  /** What Config Admin holds under a PID; empty if it holds nothing. */
  Map<String, Object> configuration(String pid) throws Exception {
    return configurations().getOrDefault(pid, Map.of());
  }

  List<String> keys(String pid) throws Exception {
    Dictionary<String, Object> properties =
        admin().listConfigurations("(service.pid=" + pid + ")")[0].getProperties();
    return new ArrayList<>(Collections.list(properties.keys()));
  }

  private void signal() {
    changes.release();
  }

  /** Waits until something holds; looks each time when Config Admin changes or a line is logged. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        fail("not in time: " + what + "\n" + configurations() + "\n" + log.problems());
      }
      // the disk tells nobody, so look now and then
      changes.tryAcquire(20, TimeUnit.MILLISECONDS);
      changes.drainPermits();
    }
  }

  void close() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
    log.close();
  }
}
