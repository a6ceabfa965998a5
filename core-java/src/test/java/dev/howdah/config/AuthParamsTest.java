package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthParamsTest {

  @Test
  void fiveKeysAreTakenAsTheyAre() {
    DatabaseOptions options =
        DatabaseOptions.fromMap(
            Map.of("host", "h", "port", 5433, "user", "u@x", "password", "p%40#", "database", "d"));

    assertThat(options)
        .isEqualTo(
            DatabaseOptions.builder()
                .host("h")
                .port(5433)
                .user("u@x")
                .password("p%40#")
                .database("d")
                .build());
  }

  @Test
  void portMayBeATextOrAnyWholeNumber() {
    HostPort expected = new HostPort("localhost", 5433);
    assertThat(DatabaseOptions.fromMap(Map.of("port", "5433")).hosts()).containsExactly(expected);
    assertThat(DatabaseOptions.fromMap(Map.of("port", 5433L)).hosts()).containsExactly(expected);
  }

  @Test
  void passwordMayBeASupplier() {
    Password password = Password.supplied(() -> "x");
    assertThat(DatabaseOptions.fromMap(Map.of("password", password)).password()).isSameAs(password);
  }

  @Test
  void nullAndMissingAreAbsent() {
    Map<String, Object> params = new HashMap<>();
    params.put("user", null);
    assertThat(DatabaseOptions.fromMap(params)).isEqualTo(DatabaseOptions.builder().build());
  }

  @Test
  void anotherKeyIsRefusedListingTheFive() {
    assertThatThrownBy(() -> DatabaseOptions.fromMap(Map.of("dbname", "secret")))
        .isInstanceOf(InvalidOption.class)
        .hasMessage(
            "'dbname' is no key of auth_params, which are: host, port, user, password, database");
  }

  @Test
  void valueOfAWrongKindIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> DatabaseOptions.fromMap(Map.of("password", 12345)))
        .isInstanceOf(InvalidOption.class)
        .hasMessage("The value of 'password' must be a text, but is a Integer")
        .hasMessageNotContaining("12345");
    assertThatThrownBy(() -> DatabaseOptions.fromMap(Map.of("port", "x")))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("but is 'x'");
    assertThatThrownBy(() -> DatabaseOptions.fromMap(Map.of("port", 5432.5)))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("but is a Double");
    assertThatThrownBy(() -> DatabaseOptions.fromMap(Map.of("port", 0)))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("The port 0");
  }
}
