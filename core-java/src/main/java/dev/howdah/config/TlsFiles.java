package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the certificate files libpq would find, and refuses what is not there before a connection
 * is tried.
 */
final class TlsFiles {
  private TlsFiles() {}

  /**
   * Returns the options with the files from {@code ~/.postgresql} where none was named.
   *
   * @throws InvalidOption naming the file that is missing
   */
  static TlsOptions found(TlsOptions tls, Environment environment) {
    if (tls.mode() == SslMode.DISABLE) {
      return tls;
    }
    return withCertificate(withRoot(tls, environment), environment);
  }

  private static TlsOptions withRoot(TlsOptions tls, Environment environment) {
    Path root = tls.rootCertificate();
    if (root != null) {
      if (!tls.usesSystemRoots()) {
        check("root certificate", "sslrootcert", root);
      }
      return tls;
    }
    Path usual = environment.file(".postgresql/root.crt", "root.crt");
    if (Files.exists(usual)) {
      check("root certificate", "sslrootcert", usual);
      return tls.withRootCertificate(usual);
    }
    if (tls.mode().verifies()) {
      throw new InvalidOption(
          "sslmode "
              + tls.mode().label()
              + " needs a root certificate, but the file "
              + usual
              + " does not exist: name one with sslrootcert, or trust this Java's own with"
              + " sslrootcert=system and sslmode=verify-full");
    }
    return tls;
  }

  private static TlsOptions withCertificate(TlsOptions tls, Environment environment) {
    Path certificate = tls.certificate();
    Path usualCertificate = environment.file(".postgresql/postgresql.crt", "postgresql.crt");
    if (certificate == null && Files.exists(usualCertificate)) {
      certificate = usualCertificate;
    }
    if (certificate == null) {
      if (tls.key() != null) {
        throw new InvalidOption(
            "There is a private key, "
                + tls.key()
                + ", but no certificate: name it with sslcert, or leave sslkey out");
      }
      return tls;
    }
    check("certificate", "sslcert", certificate);
    Path key = keyFor(certificate, tls.key(), environment);
    return tls.withCertificate(certificate, key);
  }

  private static Path keyFor(Path certificate, @Nullable Path named, Environment environment) {
    Path key =
        named == null ? environment.file(".postgresql/postgresql.key", "postgresql.key") : named;
    if (named == null && !Files.exists(key)) {
      throw new InvalidOption(
          "There is a certificate, "
              + certificate
              + ", but no private key: the file "
              + key
              + " does not exist and sslkey names no other");
    }
    check("private key", "sslkey", key);
    return key;
  }

  private static void check(String what, String keyword, Path file) {
    String problem =
        !Files.exists(file)
            ? " does not exist"
            : Files.isDirectory(file)
                ? " is a directory"
                : Files.isReadable(file) ? null : " cannot be read by this user";
    if (problem != null) {
      throw new InvalidOption(
          "The " + what + " file " + file + problem + ": correct " + keyword + ", or the file");
    }
  }
}
