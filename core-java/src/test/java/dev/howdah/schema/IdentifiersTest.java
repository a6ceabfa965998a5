package dev.howdah.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "users",
        "Users",
        "select",
        "two words",
        "a.b",
        "x; DROP TABLE y; --",
        "it's",
        "$1",
        ":x",
        "back\\slash",
        "new\nline",
        "имя",
        "🐘",
        "%",
        "/* */"
      })
  void namesAreQuotedAsTheyAre(String name) {
    assertThat(Identifiers.quote(name)).isEqualTo("\"" + name + "\"");
  }

  @Test
  void doubleQuotesAreDoubled() {
    assertThat(Identifiers.quote("a\"b\"\"c")).isEqualTo("\"a\"\"b\"\"\"\"c\"");
  }

  @Test
  void sixtyThreeBytesAreAccepted() {
    assertThat(Identifiers.quote("x".repeat(63))).hasSize(65);
    assertThat(Identifiers.quote("é".repeat(31) + "x")).hasSize(34);
  }

  @Test
  void moreThanSixtyThreeBytesAreRefusedWithTheirLength() {
    String name = "y".repeat(64);
    assertThatThrownBy(() -> Identifiers.quote(name))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining(name)
        .hasMessageContaining("64 bytes")
        .hasMessageContaining("63");
    assertThatThrownBy(() -> Identifiers.quote("é".repeat(32))).hasMessageContaining("64 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0", "a\0b", "\ud83d", "a\udc18b"})
  void whatIsNoNameIsRefused(String name) {
    assertThatThrownBy(() -> Identifiers.quote(name)).isInstanceOf(WrongArguments.class);
  }

  @Test
  void aPlainTableNameIsOneIdentifier() {
    assertThat(TableName.of("public.users").sql()).isEqualTo("\"public.users\"");
    assertThat(TableName.of("public", "users").sql()).isEqualTo("\"public\".\"users\"");
    assertThat(TableName.of("a.b", "c.\"d").sql()).isEqualTo("\"a.b\".\"c.\"\"d\"");
  }

  @Test
  void dottedNamesAreReadWhereTheyAreWanted() {
    assertThat(TableName.parse("users")).isEqualTo(TableName.of("users"));
    assertThat(TableName.parse("app.users")).isEqualTo(TableName.of("app", "users"));
    assertThatThrownBy(() -> TableName.parse("a.b.c")).hasMessageContaining("TableName.of");
    assertThatThrownBy(() -> TableName.parse(".x")).isInstanceOf(WrongArguments.class);
  }

  @Test
  void tableNamesThatAreTooLongAreRefusedWhenTheyAreMade() {
    assertThatThrownBy(() -> TableName.of("t".repeat(64)))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("table name");
  }
}
