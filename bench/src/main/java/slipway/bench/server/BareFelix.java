package slipway.bench.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * The least that a start on this framework costs: bundles with nothing in them are installed and
 * started, then an echo of the JDK's sockets alone is answered. Arguments: the folder of the
 * bundles, the framework's cache, the port.
 */
final class BareFelix {

  private BareFelix() {}

  public static void main(String[] arguments) throws IOException, BundleException {
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    arguments[1],
                    Constants.FRAMEWORK_STORAGE_CLEAN,
                    Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
    framework.init();
    List<Bundle> bundles = new ArrayList<>();
    try (Stream<Path> jars = Files.list(Path.of(arguments[0]))) {
      for (Path jar : jars.sorted().toList()) {
        bundles.add(framework.getBundleContext().installBundle("reference:" + jar.toUri()));
      }
    }
    framework.start();
    for (Bundle bundle : bundles) {
      bundle.start();
    }
    try (ServerSocket listening =
        new ServerSocket(Integer.parseInt(arguments[2]), 16, InetAddress.getLoopbackAddress())) {
      while (true) {
        try (Socket client = listening.accept()) {
          echo(client);
        }
      }
    }
  }

  private static void echo(Socket client) {
    byte[] buffer = new byte[1024];
    try {
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (IOException reset) {
      // as the bench ends its connections
    }
  }
}
