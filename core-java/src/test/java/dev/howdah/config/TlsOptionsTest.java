package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.InvalidUrl;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsOptionsTest {
  @TempDir Path home;
  private Surroundings around;

  @BeforeEach
  void surroundings() {
    around = new Surroundings(home);
  }

  private TlsOptions resolved(String parameters) {
    return around.resolve("postgresql://h/d?" + parameters).tls();
  }

  private String file(String name) {
    around.file(name, "x");
    return PercentCode.encode(around.path(name).toString());
  }

  @ParameterizedTest
  @EnumSource(SslMode.class)
  void everyModeIsReadByItsName(SslMode mode) {
    assertThat(DatabaseOptions.of("postgresql://h?sslmode=" + mode.label()).tls().mode())
        .isEqualTo(mode);
  }

  @Test
  void preferIsTheDefault() {
    assertThat(TlsOptions.defaults().mode()).isEqualTo(SslMode.PREFER);
    assertThat(TlsOptions.defaults().negotiation()).isEqualTo(SslNegotiation.POSTGRES);
    assertThat(TlsOptions.defaults().channelBinding()).isEqualTo(ChannelBinding.PREFER);
    assertThat(resolved("").mode()).isEqualTo(SslMode.PREFER);
  }

  @Test
  void requireVerifiesOnceARootCertificateIsThere() {
    assertThat(resolved("sslmode=require").effectiveMode()).isEqualTo(SslMode.REQUIRE);
    assertThat(resolved("sslmode=require&sslrootcert=" + file("ca.pem")).effectiveMode())
        .isEqualTo(SslMode.VERIFY_CA);

    file(".postgresql/root.crt");
    TlsOptions usual = resolved("sslmode=require");
    assertThat(usual.effectiveMode()).isEqualTo(SslMode.VERIFY_CA);
    assertThat(usual.rootCertificate()).isEqualTo(around.path(".postgresql/root.crt"));
    assertThat(resolved("sslmode=prefer").effectiveMode()).isEqualTo(SslMode.PREFER);
    assertThat(resolved("sslmode=verify-full").effectiveMode()).isEqualTo(SslMode.VERIFY_FULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify-ca", "verify-full"})
  void verifyingWithoutARootCertificateIsRefusedNamingTheFile(String mode) {
    assertThatThrownBy(() -> resolved("sslmode=" + mode))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining(around.path(".postgresql/root.crt") + " does not exist")
        .hasMessageContaining("sslrootcert=system");
  }

  @Test
  void systemRootsMeanVerifyFull() {
    TlsOptions tls = resolved("sslrootcert=system");
    assertThat(tls.mode()).isEqualTo(SslMode.VERIFY_FULL);
    assertThat(tls.usesSystemRoots()).isTrue();
    assertThatThrownBy(
            () -> DatabaseOptions.of("postgresql://h?sslmode=require&sslrootcert=system"))
        .isInstanceOf(InvalidUrl.class)
        .hasMessageContaining("too weak")
        .hasMessageContaining("use verify-full");
  }

  @ParameterizedTest
  @CsvSource({
    "sslmode=require&sslrootcert=/no/ca.pem, The root certificate file /no/ca.pem does not exist",
    "sslrootcert=/no/ca.pem, The root certificate file /no/ca.pem does not exist",
    "sslcert=/no/cert.pem&sslkey=/no/key.pem, The certificate file /no/cert.pem does not exist",
    "sslkey=/no/key.pem, 'a private key, /no/key.pem, but no certificate'"
  })
  void missingFileIsNamedBeforeConnecting(String parameters, String message) {
    assertThatThrownBy(() -> resolved(parameters))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining(message);
  }

  @Test
  void missingKeyIsNamed() {
    String certificate = file("cert.pem");
    assertThatThrownBy(() -> resolved("sslcert=" + certificate))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("no private key")
        .hasMessageContaining(around.path(".postgresql/postgresql.key").toString());
    assertThatThrownBy(() -> resolved("sslkey=/no/key.pem&sslcert=" + certificate))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("The private key file /no/key.pem does not exist");
  }

  @Test
  void directoryIsNoCertificate() {
    String folder = PercentCode.encode(home.toString());
    assertThatThrownBy(() -> resolved("sslrootcert=" + folder))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("is a directory");
  }

  @Test
  void usualClientCertificateIsFound() {
    file(".postgresql/postgresql.crt");
    file(".postgresql/postgresql.key");
    TlsOptions tls = resolved("sslmode=require");
    assertThat(tls.certificate()).isEqualTo(around.path(".postgresql/postgresql.crt"));
    assertThat(tls.key()).isEqualTo(around.path(".postgresql/postgresql.key"));
  }

  @Test
  void disabledTlsLooksAtNoFile() {
    assertThat(resolved("sslmode=disable&sslrootcert=/no/ca.pem&sslcert=/no/c").effectiveMode())
        .isEqualTo(SslMode.DISABLE);
  }

  @Test
  void combinationsThatCannotWorkAreRefusedWhereTheyAreSet() {
    TlsOptions weak = TlsOptions.defaults().withMode(SslMode.ALLOW);
    assertThatThrownBy(() -> weak.withNegotiation(SslNegotiation.DIRECT))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("sslmode allow")
        .hasMessageContaining("use require, verify-ca or verify-full");
    TlsOptions none = TlsOptions.defaults().withMode(SslMode.DISABLE);
    assertThatThrownBy(() -> none.withChannelBinding(ChannelBinding.REQUIRE))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("channel_binding=require needs TLS");
    assertThatThrownBy(() -> weak.withRootCertificate(TlsOptions.SYSTEM_ROOTS))
        .isInstanceOf(InvalidOption.class);
  }

  @Test
  void defaultModeIsTooWeakForDirectTls() {
    assertThatThrownBy(() -> resolved("sslnegotiation=direct"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("sslmode prefer");
    assertThat(resolved("sslnegotiation=direct&sslmode=require").negotiation())
        .isEqualTo(SslNegotiation.DIRECT);
  }

  @Test
  void sslTrueMeansRequireAsInJdbc() {
    assertThat(resolved("ssl=true").mode()).isEqualTo(SslMode.REQUIRE);
    assertThat(resolved("ssl=true&sslmode=allow").mode()).isEqualTo(SslMode.ALLOW);
    assertThatThrownBy(() -> resolved("ssl=false"))
        .isInstanceOf(InvalidUrl.class)
        .hasMessageContaining("use sslmode");
  }

  @Test
  void keyPasswordIsNotPrinted() {
    TlsOptions tls = DatabaseOptions.of("postgresql://h?sslpassword=secret").tls();
    assertThat(tls.keyPassword()).isEqualTo("secret");
    assertThat(tls.toString()).contains("keyPassword=***").doesNotContain("secret");
    assertThat(TlsOptions.defaults().toString()).contains("keyPassword=null");
  }

  @Test
  void explicitPartsBeatTheUrlOneByOne() {
    TlsOptions tls =
        DatabaseOptions.builder()
            .tls(t -> t.withRootCertificate(Path.of("own.pem")).withKeyPassword("own"))
            .url("postgresql://h?sslmode=require&sslrootcert=url.pem&sslcert=c&sslkey=k")
            .build()
            .tls();
    assertThat(tls)
        .isEqualTo(
            new TlsOptions(
                SslMode.REQUIRE,
                Path.of("own.pem"),
                Path.of("c"),
                Path.of("k"),
                "own",
                null,
                null));
  }
}
