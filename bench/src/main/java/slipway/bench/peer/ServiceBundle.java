package slipway.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A service of worlds of the bench's own, as a bundle for the host's {@code services}.
 *
 * @param name as clients and acceptors call it
 * @param service its class; the first of those that it consists of
 * @param others the other classes
 */
public record ServiceBundle(String name, String service, List<String> others) {

  /** The worlds whose frames are timed. */
  public static final ServiceBundle FRAMES =
      new ServiceBundle(
          "frames", "slipway.bench.world.FrameService", List.of("slipway.bench.world.FrameWorld"));

  private static final String COMPONENT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%2$s" init="2">
        <property name="slipway.service.name" type="String" value="%1$s"/>
        <property name="slipway.audience" type="String" value="USERS"/>
        <service>
          <provide interface="slipway.service.Service"/>
        </service>
        <reference name="packets" interface="slipway.packet.Packets" parameter="0"/>
        <reference name="worlds" interface="slipway.world.Worlds" parameter="1"/>
        <implementation class="%2$s"/>
      </scr:component>
      """;

  /** Writes the bundle into a folder. */
  public Path make(Path folder) throws IOException {
    String component = "OSGI-INF/" + service + ".xml";
    Path made = folder.resolve("slipway.bench." + name + "-1.0.0.jar");
    try (OutputStream file = Files.newOutputStream(made);
        JarOutputStream jar = new JarOutputStream(file, manifest(component))) {
      add(jar, component, COMPONENT.formatted(name, service).getBytes(StandardCharsets.UTF_8));
      add(jar, path(service), read(path(service)));
      for (String other : others) {
        add(jar, path(other), read(path(other)));
      }
    }
    return made;
  }

  private Manifest manifest(String component) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "slipway.bench." + name);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue(
        "Import-Package",
        "slipway.packet;version=\"[1.0,2)\",slipway.service;version=\"[2.1,3)\","
            + "slipway.world;version=\"[1.0,2)\"");
    main.putValue(
        "Provide-Capability",
        "osgi.service;objectClass:List<String>=\"slipway.service.Service\","
            + "slipway.service;audience=USERS;name="
            + name);
    main.putValue(
        "Require-Capability",
        "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.5.0)"
            + "(!(version>=2.0.0)))\"");
    main.putValue("Service-Component", component);
    return manifest;
  }

  private static String path(String type) {
    return type.replace('.', '/') + ".class";
  }

  /** Without loading it: what it extends is the host's, and not here. */
  private static byte[] read(String path) throws IOException {
    try (InputStream bytes = ServiceBundle.class.getClassLoader().getResourceAsStream(path)) {
      if (bytes == null) {
        throw new IOException(path + " is not there");
      }
      return bytes.readAllBytes();
    }
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
