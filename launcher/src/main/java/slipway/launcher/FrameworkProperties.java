package slipway.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import slipway.config.Durations;
import slipway.dump.kept.Bounds;

/** The properties that the framework and its bundles get from the process that starts them. */
final class FrameworkProperties {

  /** How long connections may stay after a signal that ends the host. */
  static final String SHUTDOWN_TIMEOUT = "slipway.shutdown.timeout";

  /** Packages that each bundle gets from Java itself, whatever it imports. */
  private static final String BOOT_DELEGATION = "org.osgi.framework.bootdelegation";

  /** JFR puts calls of this into the classes of events, which bundles may have. */
  private static final String JFR_EVENTS = "jdk.jfr.internal.event";

  private FrameworkProperties() {}

  /**
   * The host's own properties and those of {@code conf/host.properties}, which add to them.
   *
   * @throws LaunchException if the file cannot be read, or sets what is the host's own
   */
  static Map<String, String> of(Home home) throws LaunchException {
    Map<String, String> own = own(home);
    Map<String, String> all = new LinkedHashMap<>(defaults());
    for (Map.Entry<String, String> entry : read(home.hostProperties()).entrySet()) {
      if (own.containsKey(entry.getKey())) {
        throw refused(
            home.hostProperties(), entry.getKey(), entry.getValue(), "nothing: the host sets it");
      }
      all.put(entry.getKey(), entry.getValue());
    }
    all.putAll(own);
    all.merge(BOOT_DELEGATION, JFR_EVENTS, (more, needed) -> needed + "," + more);
    return all;
  }

  /** What {@code conf/host.properties} may override. */
  private static Map<String, String> defaults() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(SHUTDOWN_TIMEOUT, "10s");
    properties.put("felix.fileinstall.poll", "250");
    properties.put("org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");
    return properties;
  }

  private static Map<String, String> own(Home home) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("slipway.home", home.root().toString());
    properties.put("org.osgi.framework.storage", home.cache().toString());
    // What is installed is what lies in the folders, and conf/ is the only truth: no memory.
    properties.put("org.osgi.framework.storage.clean", "onFirstInit");
    properties.put("org.osgi.framework.startlevel.beginning", Integer.toString(StartLevels.LAST));
    // Versions of a service run side by side, even if symbolic name and version are the same.
    properties.put("org.osgi.framework.bsnversion", "multiple");
    // Our own lock guards the folder, and the launcher tells of bundles that do not start.
    properties.put("felix.cache.locking", "false");
    properties.put("felix.log.level", "0");
    // Under loggers with a name, so that their level can be set.
    properties.put("ds.log.extension", "true");
    // The host's own store, which sees every edit: see slipway.server.config.
    properties.put("felix.cm.pm", "slipway");
    // It keeps the last exceptions, and with them the classes of versions that are gone.
    properties.put("org.ops4j.pax.logging.logReaderEnabled", "false");
    properties.put(
        "org.ops4j.pax.logging.StaticLogbackFile", home.inside(home.conf().resolve("logback.xml")));
    return properties;
  }

  private static Map<String, String> read(Path file) throws LaunchException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException none) {
      return Map.of();
    } catch (CharacterCodingException e) {
      throw new LaunchException(ExitCode.FAILED, file + " is not UTF-8 text");
    } catch (IllegalArgumentException e) {
      throw new LaunchException(ExitCode.FAILED, file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new LaunchException(ExitCode.FAILED, file + " cannot be read: " + Reason.of(e));
    }
    Map<String, String> strings = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      strings.put(key, checked(file, key, properties.getProperty(key).strip()));
    }
    return strings;
  }

  /** The value, if it is of the kind that its key asks for. */
  private static String checked(Path file, String key, String value) throws LaunchException {
    switch (key) {
      case "slipway.transport":
        return matching(
            file, key, value, "auto|io_uring|epoll|nio", "auto, io_uring, epoll or nio");
      case "slipway.threads":
        return matching(
            file,
            key,
            value,
            "\\d|\\d\\d|\\d\\d\\d|10[01]\\d|102[0-4]",
            "a whole number from 0 to 1024");
      case Bounds.COUNT:
        return matching(file, key, value, "[1-9]\\d?|100", "a whole number from 1 to 100");
      case Bounds.SIZE:
        return matching(
            file, key, value, "[1-9]\\d{0,6}", "a whole number of MiB from 1 to 9999999");
      case SHUTDOWN_TIMEOUT:
        if (Durations.parse(value).isEmpty()) {
          throw refused(file, key, value, Durations.FORM);
        }
        return value;
      case "felix.fileinstall.poll":
        return matching(
            file, key, value, "[1-9]\\d{1,4}", "a whole number of milliseconds from 10 to 99999");
      case "org.ops4j.pax.logging.DefaultServiceLog.level":
        return matching(
            file, key, value, "ERROR|WARN|INFO|DEBUG|TRACE", "ERROR, WARN, INFO, DEBUG or TRACE");
      default:
        return value;
    }
  }

  private static String matching(
      Path file, String key, String value, String pattern, String allowed) throws LaunchException {
    if (value.matches(pattern)) {
      return value;
    }
    throw refused(file, key, value, allowed);
  }

  private static LaunchException refused(Path file, String key, String value, String allowed) {
    return new LaunchException(
        ExitCode.FAILED, file + ": " + key + " = " + value + ": allowed is " + allowed);
  }
}
