package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.LogRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileTest {
  @TempDir Path home;
  private Surroundings around;

  @BeforeEach
  void surroundings() {
    around = new Surroundings(home);
  }

  private @Nullable String find(String... lines) {
    around.file(".pgpass", lines);
    return PasswordFile.find(
        around.path(".pgpass"), List.of(new HostPort("db", 5432)), "shop", "app");
  }

  @ParameterizedTest
  @CsvSource({
    "db:5432:shop:app:secret,          secret",
    "*:*:*:*:secret,                   secret",
    "db:*:shop:*:secret,               secret",
    "db:5432:shop:app:a:b:c,           a:b:c",
    "db:5432:shop:app:a\\:b\\\\c,      a:b\\c",
    "\\d\\b:5432:shop:app:secret,      secret",
    "DB:5432:shop:app:secret,          ",
    "db:5433:shop:app:secret,          ",
    "db:5432:other:app:secret,         ",
    "db:5432:shop:other:secret,        ",
    "\\*:5432:shop:app:secret,         ",
    "db*:5432:shop:app:secret,         ",
    "db:5432:shop:app,                 ",
    "db:5432:shop:app:,                ",
    "#db:5432:shop:app:secret,         "
  })
  void lineFitsOrDoesNot(String line, String password) {
    assertThat(find(line)).isEqualTo(password);
  }

  @Test
  void firstLineThatFitsCounts() {
    assertThat(
            find("# comment", "", "other:*:*:*:no", "db:*:*:app:first", "db:5432:shop:app:second"))
        .isEqualTo("first");
    assertThat(find("db:*:*:app:", "*:*:*:*:second")).isNull();
  }

  @Test
  void spacesBelongToThePasswordAndWindowsLineEndsDoNot() {
    assertThat(find("*:*:*:*: a b \r")).isEqualTo(" a b ");
    assertThat(find("*:*:*:*:#no comment")).isEqualTo("#no comment");
  }

  @Test
  void escapedColonsAreForIpv6() {
    around.file("pass", "\\:\\:1:*:*:*:six");
    assertThat(PasswordFile.find(around.path("pass"), List.of(new HostPort("::1", 5432)), "d", "u"))
        .isEqualTo("six");
  }

  @Test
  void usualSocketIsLocalhost() {
    around.file("pass", "/other:*:*:*:other", "localhost:*:*:*:local");
    Path file = around.path("pass");
    assertThat(PasswordFile.find(file, List.of(HostPort.of("/tmp")), "d", "u")).isEqualTo("local");
    assertThat(PasswordFile.find(file, List.of(HostPort.of("/other")), "d", "u"))
        .isEqualTo("other");
    assertThat(PasswordFile.find(file, List.of(HostPort.of("/else")), "d", "u")).isNull();
  }

  @Test
  void firstHostWithAPasswordCountsAndADifferenceIsLogged() {
    around.file("pass", "b:*:*:*:bee", "c:*:*:*:sea");
    List<HostPort> hosts = List.of(HostPort.of("a"), HostPort.of("b"), HostPort.of("c"));
    try (LogRecords logged = new LogRecords()) {
      assertThat(PasswordFile.find(around.path("pass"), hosts, "d", "u")).isEqualTo("bee");
      assertThat(logged.warnings())
          .singleElement()
          .asString()
          .contains("different passwords")
          .doesNotContain("bee", "sea");
    }
  }

  @Test
  void passwordIsOnlyLookedUpWhenNobodyGaveOne() {
    around.file(".pgpass", "*:*:*:*:file");
    assertThat(around.resolve("postgresql://h").password()).isEqualTo(Password.of("file"));
    assertThat(around.resolve("postgresql://u:url@h").password()).isEqualTo(Password.of("url"));
    assertThat(around.with("PGPASSWORD", "env").resolve("postgresql://h").password())
        .isEqualTo(Password.of("env"));
  }

  @Test
  void resolvedPartsAreWhatIsLookedUp() {
    around
        .with("PGHOST", "env")
        .with("PGPORT", "7")
        .file(".pgpass", "env:7:d:osuser:found", "*:*:*:*:other");
    assertThat(around.resolve("postgresql:///d").password()).isEqualTo(Password.of("found"));
  }

  @Test
  void anotherFileCanBeNamed() {
    around
        .file(".pgpass", "*:*:*:*:home")
        .file("url", "*:*:*:*:url")
        .file("env", "*:*:*:*:env")
        .file("own", "*:*:*:*:own");
    String url = "postgresql://h?passfile=" + PercentCode.encode(around.path("url").toString());
    around.with("PGPASSFILE", around.path("env").toString());

    assertThat(around.resolve("postgresql://h").password()).isEqualTo(Password.of("env"));
    assertThat(around.resolve(url).password()).isEqualTo(Password.of("url"));
    DatabaseOptions own =
        DatabaseOptions.builder().url(url).passwordFile(around.path("own")).build();
    assertThat(own.resolve(around.environment()).password()).isEqualTo(Password.of("own"));
  }

  @Test
  void missingFileIsNoMatter() {
    try (LogRecords logged = new LogRecords()) {
      assertThat(around.resolve("postgresql://h").password()).isNull();
      assertThat(logged.warnings()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxrwxrwx"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions there")
  void fileOpenToOthersIsIgnoredWithAWarning(String permissions) {
    around.file(".pgpass", "*:*:*:*:secret").permit(".pgpass", permissions);
    try (LogRecords logged = new LogRecords()) {
      assertThat(around.resolve("postgresql://h").password()).isNull();
      assertThat(logged.warnings())
          .singleElement()
          .asString()
          .contains(around.path(".pgpass").toString(), "chmod 600")
          .doesNotContain("secret");
    }
  }

  @Test
  void directoryIsIgnoredWithAWarning() throws Exception {
    Files.createDirectory(around.path(".pgpass"));
    try (LogRecords logged = new LogRecords()) {
      assertThat(around.resolve("postgresql://h").password()).isNull();
      assertThat(logged.warnings()).singleElement().asString().contains("not a plain file");
    }
  }

  @Test
  void bytesThatAreNotUtf8DoNotStopOtherLines() throws Exception {
    around.file(".pgpass", "x");
    byte[] strange = {'*', ':', (byte) 0xFF, ':', '*', ':', '*', ':', 'x', '\n'};
    Files.write(around.path(".pgpass"), strange);
    Files.writeString(around.path(".pgpass"), "*:*:*:*:secret\n", StandardOpenOption.APPEND);
    assertThat(around.resolve("postgresql://h").password()).isEqualTo(Password.of("secret"));
  }
}
