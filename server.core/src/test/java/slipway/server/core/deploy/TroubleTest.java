package slipway.server.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class TroubleTest {

  @Test
  void failuresOfFilesAreToldInWords() {
    assertThat(Trouble.of(new AccessDeniedException("/x"))).isEqualTo("permission denied");
    assertThat(Trouble.of(new NoSuchFileException("/x"))).isEqualTo("there is no such file");
    assertThat(Trouble.of(new FileSystemException("/x", null, "No space left on device")))
        .isEqualTo("no space left on device");
    assertThat(Trouble.of(new FileNotFoundException("/a (b)/x.jar (Too many open files)")))
        .isEqualTo("too many open files");
    assertThat(Trouble.of(new BundleException("Unable to cache", new AccessDeniedException("/x"))))
        .isEqualTo("permission denied");
    assertThat(Trouble.of(new IOException("one\ntwo"))).isEqualTo("one");
    assertThat(Trouble.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void whatWasMadeForOperatorsIsToldAsItIs() {
    NotDeployed unkept =
        NotDeployed.unkept(new FileSystemException("/x", null, "Read-only file system"));
    String told =
        "its copy in var/versions cannot be written: read-only file system; nothing was changed";
    assertThat(Trouble.of(unkept)).isEqualTo(told);
    assertThat(ServiceFolder.refusal(new CompletionException(unkept))).hasMessage(told);
  }

  @Test
  void whatIsShortMayBeThereAgain() {
    assertThat(Trouble.isShortage(new FileNotFoundException("x (Too many open files)"))).isTrue();
    assertThat(Trouble.isShortage(new BundleException("x", new IOException("No space left"))))
        .isTrue();
    assertThat(Trouble.isShortage("c failed: java.io.IOException: Too many open files")).isTrue();
    assertThat(Trouble.isShortage(new BundleException("Unable to resolve"))).isFalse();
  }
}
