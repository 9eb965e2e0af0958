package slipway.server.core.life;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.scr.info.ScrInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** A real framework, with Declarative Services if wanted, for bundles that tests make up. */
public final class BundleFramework {

  private final Framework framework;

  public BundleFramework(Path cache) throws BundleException {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
    properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, "onFirstInit");
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        "slipway.service;version=1.3.0,slipway.server.core.life,org.slf4j;version=2.0.17,"
            + "org.osgi.service.cm;version=1.6.1,org.osgi.service.component;version=1.5.1,"
            + "org.osgi.service.component.runtime;version=1.5.0,"
            + "org.osgi.service.component.runtime.dto;version=1.5.0,"
            + "org.osgi.util.promise;version=1.3.0,org.osgi.util.function;version=1.2.0");
    properties.put("felix.log.level", "0");
    properties.put("felix.bootdelegation.implicit", "false");
    properties.put("ds.loglevel", "0");
    framework = new FrameworkFactory().newFramework(properties);
    framework.start();
  }

  public BundleContext context() {
    return framework.getBundleContext();
  }

  FrameworkWiring wiring() {
    return framework.adapt(FrameworkWiring.class);
  }

  /** Starts Declarative Services. */
  ServiceComponentRuntime components() throws BundleException {
    CodeSource source = ScrInfo.class.getProtectionDomain().getCodeSource();
    context().installBundle("reference:" + source.getLocation()).start();
    return context().getService(context().getServiceReference(ServiceComponentRuntime.class));
  }

  /** A bundle that is made of a manifest, and of one component if there is one. */
  public Bundle install(String name, Map<String, String> more, String component)
      throws IOException, BundleException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", name);
    headers.putValue("Bundle-Version", "1.0.0");
    more.forEach(headers::putValue);
    if (!component.isEmpty()) {
      headers.putValue("Service-Component", "OSGI-INF/component.xml");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      if (!component.isEmpty()) {
        jar.putNextEntry(new JarEntry("OSGI-INF/component.xml"));
        jar.write(component.getBytes(StandardCharsets.UTF_8));
      }
    }
    return context().installBundle(name, new ByteArrayInputStream(bytes.toByteArray()));
  }

  public void end() throws Exception {
    framework.stop();
    framework.waitForStop(0);
  }
}
