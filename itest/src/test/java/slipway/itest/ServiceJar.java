package slipway.itest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A service bundle made of one class of this test's, as a build would make it. Two that are made
 * alike have the same bytes.
 */
final class ServiceJar {

  private static final LocalDateTime MADE = LocalDateTime.of(2020, 1, 1, 0, 0);

  private final String name;
  private final Class<?> service;
  private String imports =
      "slipway.service, slipway.message, slipway.stream, io.netty.buffer, io.netty.channel,"
          + " io.netty.util";
  private String version = "";
  private final Map<String, String> more = new TreeMap<>();
  private final Map<String, String> files = new TreeMap<>();
  private final List<Class<?>> classes = new ArrayList<>();
  private String provided = "slipway.service.Service";
  private String declared = "";
  private String configured = "";
  private Class<?> check;
  private int parameters;

  ServiceJar(String name, Class<?> service) {
    this.name = name;
    this.service = service;
  }

  /** With a text in version.txt. */
  ServiceJar saying(String text) {
    version = text;
    return this;
  }

  /** With a further header. */
  ServiceJar with(String header, String value) {
    more.put(header, value);
    return this;
  }

  ServiceJar importing(String more) {
    imports += ", " + more;
    return this;
  }

  /** With a component that is registered as nothing. */
  ServiceJar registeredAsNothing() {
    provided = "";
    return this;
  }

  /** With a reference of its component, a parameter of its constructor. */
  ServiceJar referencing(String type) {
    declared +=
        "<reference name=\"wanted\" interface=\"" + type + "\" parameter=\"" + parameters + "\"/>";
    parameters++;
    return this;
  }

  /**
   * With a configuration, which the constructor takes as its last parameter.
   *
   * @param check a class in the service's that checks it
   */
  ServiceJar configured(String pid, Class<?> check) {
    this.configured = pid;
    this.check = check;
    parameters++;
    return this;
  }

  /** With a further file. */
  ServiceJar containing(String path, String text) {
    files.put(path, text);
    return this;
  }

  /** With a further class. */
  ServiceJar containing(Class<?> type) {
    classes.add(type);
    return this;
  }

  /** Puts it into a folder, whole from the first moment. */
  Path into(Path folder) throws IOException {
    Path file = Files.write(folder.resolve(name + ".part"), bytes());
    return Files.move(file, folder.resolve(name + ".jar"), StandardCopyOption.ATOMIC_MOVE);
  }

  private byte[] bytes() throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "slipway.services." + name);
    headers.putValue("Bundle-Version", "1.0.0");
    headers.putValue("Import-Package", imports);
    headers.putValue("Provide-Capability", "slipway.service; name=" + name);
    more.forEach(headers::putValue);
    if (service != null) {
      headers.putValue(
          "Service-Component",
          check == null ? "OSGI-INF/service.xml" : "OSGI-INF/service.xml, OSGI-INF/check.xml");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      jar.putNextEntry(entry(JarFile.MANIFEST_NAME));
      manifest.write(jar);
      if (service != null) {
        jar.putNextEntry(entry("version.txt"));
        jar.write(version.getBytes("UTF-8"));
        jar.putNextEntry(entry("OSGI-INF/service.xml"));
        jar.write(component().getBytes("UTF-8"));
        if (check != null) {
          jar.putNextEntry(entry("OSGI-INF/check.xml"));
          jar.write(checkComponent().getBytes("UTF-8"));
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
          jar.putNextEntry(entry(file.getKey()));
          jar.write(file.getValue().getBytes("UTF-8"));
        }
        add(jar, service);
        for (Class<?> inner : service.getDeclaredClasses()) {
          add(jar, inner);
        }
      }
      for (Class<?> type : classes) {
        add(jar, type);
      }
    }
    return bytes.toByteArray();
  }

  private static JarEntry entry(String path) {
    JarEntry entry = new JarEntry(path);
    entry.setTimeLocal(MADE);
    return entry;
  }

  private static void add(JarOutputStream jar, Class<?> type) throws IOException {
    String path = type.getName().replace('.', '/') + ".class";
    jar.putNextEntry(entry(path));
    try (InputStream content = type.getResourceAsStream("/" + path)) {
      content.transferTo(jar);
    }
  }

  private String component() {
    return """
    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s" init="%d"%s>
      <implementation class="%s"/>
      <property name="slipway.service.name" type="String" value="%s"/>
      %s
      %s
    </scr:component>
    """
        .formatted(
            service.getName(),
            parameters,
            configured.isEmpty()
                ? ""
                : " configuration-pid=\"" + configured + "\" modified=\"modified\"",
            service.getName(),
            name,
            provided.isEmpty()
                ? ""
                : "<service><provide interface=\"" + provided + "\"/></service>",
            declared);
  }

  private String checkComponent() {
    return """
    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s">
      <implementation class="%s"/>
      <property name="slipway.config.pid" type="String" value="%s"/>
      <service><provide interface="slipway.config.ConfigurationCheck"/></service>
    </scr:component>
    """
        .formatted(check.getName(), check.getName(), configured);
  }
}
