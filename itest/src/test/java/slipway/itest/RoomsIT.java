package slipway.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** The rules between the rooms of the house, read from the manifests of the built bundles. */
public class RoomsIT {

  private static final String API = "slipway.server.api";
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

  private static final Pattern STATIC_THREAD =
      Pattern.compile(
          "\\bstatic\\b[^;(){}]*?\\b"
              + "(Thread|ControlThread|Timer|\\w*Executor\\w*|\\w*EventLoop\\w*)"
              + "(<[^>]*>)?\\s+\\w+\\s*[=;]");

  private record Room(String name, Set<String> imports, Set<String> exports, String capabilities) {}

  private static List<Room> rooms() throws IOException {
    Path distribution = Path.of(System.getProperty("slipway.distribution"));
    List<Room> rooms = new ArrayList<>();
    for (String folder : List.of("bundle", "services")) {
      try (Stream<Path> jars = Files.list(distribution.resolve(folder))) {
        for (Path jar : jars.filter(RoomsIT::isOurs).toList()) {
          rooms.add(room(jar));
        }
      }
    }
    return rooms;
  }

  private static boolean isOurs(Path jar) {
    return jar.getFileName().toString().startsWith("slipway.");
  }

  private static Room room(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes headers = file.getManifest().getMainAttributes();
      return new Room(
          headers.getValue("Bundle-SymbolicName").split(";")[0],
          packages(headers.getValue("Import-Package")),
          packages(headers.getValue("Export-Package")),
          String.valueOf(headers.getValue("Provide-Capability")));
    }
  }

  /** The packages of a header's clauses, without their attributes. */
  private static Set<String> packages(String header) {
    return header == null
        ? Set.of()
        : Arrays.stream(QUOTED.matcher(header).replaceAll("").split(","))
            .map(clause -> clause.split(";")[0].strip())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  public void onlyTheApiExportsPackages() throws IOException {
    for (Room room : rooms()) {
      if (!room.name().equals(API)) {
        assertEquals(room.name() + " exports", Set.of(), room.exports());
      }
    }
  }

  @Test
  public void everybodyUsesTheApiAndNoOtherRoom() throws IOException {
    List<Room> rooms = rooms();
    Set<String> api =
        rooms.stream().filter(room -> room.name().equals(API)).findFirst().orElseThrow().exports();
    assertEquals(
        Set.of(
            "slipway.account",
            "slipway.admin",
            "slipway.command",
            "slipway.config",
            "slipway.data",
            "slipway.dump",
            "slipway.health",
            "slipway.inbox",
            "slipway.message",
            "slipway.meter",
            "slipway.net",
            "slipway.packet",
            "slipway.profile",
            "slipway.service",
            "slipway.stream",
            "slipway.text",
            "slipway.thread",
            "slipway.world"),
        api);
    for (Room room : rooms) {
      Set<String> others =
          room.imports().stream()
              .filter(name -> name.startsWith("slipway."))
              .filter(name -> !api.contains(name))
              .collect(Collectors.toSet());
      assertEquals(room.name() + " imports", Set.of(), others);
    }
  }

  @Test
  public void theServicesSeeTheServiceApiAndNettyAlone() throws IOException {
    for (Room room : rooms()) {
      if (List.of(
              "slipway.services.echo",
              "slipway.services.time",
              "slipway.services.rand",
              "slipway.services.packets")
          .contains(room.name())) {
        Set<String> others =
            room.imports().stream()
                .filter(name -> !name.startsWith("java."))
                .filter(name -> !name.startsWith("io.netty."))
                .filter(
                    name ->
                        !List.of("slipway.service", "slipway.message", "slipway.packet")
                            .contains(name))
                .collect(Collectors.toSet());
        assertEquals(room.name() + " imports", Set.of(), others);
      }
    }
  }

  @Test
  public void nobodyImportsPackagesAsTheyTurnUp() throws IOException {
    for (Room room : rooms()) {
      assertTrue(room.name(), !room.imports().contains("*"));
    }
  }

  @Test
  public void everyServiceBundleSaysWhichServiceItProvides() throws IOException {
    for (Room room : rooms()) {
      if (room.name().startsWith("slipway.services.")) {
        String service = room.name().substring("slipway.services.".length());
        Pattern capability =
            Pattern.compile("slipway\\.service;(audience=\\w+;)?name=" + service + "\\b");
        assertTrue(room.name(), capability.matcher(room.capabilities()).find());
      }
    }
  }

  /** A static thread ends with nobody: it outlives its bundle, and holds its classes. */
  @Test
  public void noThreadBelongsToAClass() throws IOException {
    Path project = Path.of(System.getProperty("slipway.project"));
    try (Stream<Path> files = Files.walk(project)) {
      for (Path source : files.filter(RoomsIT::isHostsSource).toList()) {
        assertEquals(
            source.toString(),
            List.of(),
            STATIC_THREAD
                .matcher(Files.readString(source))
                .results()
                .map(MatchResult::group)
                .toList());
      }
    }
  }

  private static boolean isHostsSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".java") && path.contains("/src/main/") && !path.contains("/bench/");
  }
}
