package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a URL means when it is well formed; unusual passwords are in {@link UrlPasswordTest}. */
class DatabaseUrlTest {

  @Test
  void everyPartIsRead() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://app:secret@db.example.com:5433/shop?sslmode=require&application_name=x");

    assertThat(url.hosts()).containsExactly("db.example.com");
    assertThat(url.ports()).containsExactly(5433);
    assertThat(url.user()).isEqualTo("app");
    assertThat(url.password()).isEqualTo("secret");
    assertThat(url.database()).isEqualTo("shop");
    assertThat(url.parameters())
        .containsExactly(Map.entry("sslmode", "require"), Map.entry("application_name", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://",
        "postgres://",
        "PostgreSQL://",
        "postgresql:///",
        "postgresql://@",
        "postgresql://:@:/?",
        "  postgresql://\n"
      })
  void missingPartsStayAbsent(String text) {
    DatabaseUrl url = DatabaseUrl.parse(text);

    assertThat(url.hosts()).isEmpty();
    assertThat(url.ports()).isEmpty();
    assertThat(url.user()).isNull();
    assertThat(url.password()).isNull();
    assertThat(url.database()).isNull();
    assertThat(url.parameters()).isEmpty();
    assertThat(url).hasToString("postgresql://");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://localhost,                 localhost, ,     ,  ,",
    "postgresql://localhost:5433,            localhost, 5433, ,  ,",
    "postgresql://localhost/mydb,            localhost, ,     ,  mydb,",
    "postgresql://user@localhost,            localhost, ,     user, ,",
    "postgresql://user:secret@localhost,     localhost, ,     user, ,   secret",
    "postgresql://:5433/mydb,                ,          5433, ,  mydb,",
    "postgresql://me@corp@localhost/d,       localhost, ,     me@corp, d,",
    "postgresql://me@corp:pw@localhost/d,    localhost, ,     me@corp, d, pw",
    "postgresql://:pw@localhost,             localhost, ,     ,  ,        pw",
    "postgresql://localhost/a/b#c,           localhost, ,     ,  a/b#c,",
    "postgresql://u%40x:p%3Aw@h/d%2Fe,       h,         ,     u@x, d/e,   p:w",
    "postgresql://h/a+b%20c,                 h,         ,     ,  a+b c,",
    "postgresql:///mydb?host=h&port=5433,    h,         5433, ,  mydb,",
    "postgresql://x:1/y?host=h&port=2&dbname=d&user=u&password=p, h, 2, u, d, p",
    "postgresql://h?user=a&user=b,           h,         ,     b, ,",
    "postgresql://h/d?database=e,            h,         ,     ,  e,"
  })
  void formsOfLibpqAreRead(
      String text, String host, Integer port, String user, String database, String password) {
    DatabaseUrl url = DatabaseUrl.parse(text);

    assertThat(url.hosts()).isEqualTo(host == null ? List.of() : List.of(host));
    assertThat(url.ports()).isEqualTo(port == null ? List.of() : List.of(port));
    assertThat(url.user()).isEqualTo(user);
    assertThat(url.database()).isEqualTo(database);
    assertThat(url.password()).isEqualTo(password);
  }

  @Test
  void severalHostsHaveOnePortEachOrOneForAll() {
    DatabaseUrl each = DatabaseUrl.parse("postgresql://h1:1111,h2:2222/db");
    assertThat(each.hosts()).containsExactly("h1", "h2");
    assertThat(each.ports()).containsExactly(1111, 2222);

    assertThat(DatabaseUrl.parse("postgresql://h1,h2,h3:7/db").ports()).containsExactly(7, 7, 7);
    assertThat(DatabaseUrl.parse("postgresql://h1,h2/db?port=7").ports()).containsExactly(7, 7);
    assertThat(DatabaseUrl.parse("postgresql:///db?host=h1,h2&port=7,8").ports())
        .containsExactly(7, 8);
    assertThat(DatabaseUrl.parse("postgresql://h1,h2/db").ports()).isEmpty();
  }

  @Test
  void ipv6StandsInBrackets() {
    assertThat(DatabaseUrl.parse("postgresql://[::1]/db").hosts()).containsExactly("::1");
    DatabaseUrl url = DatabaseUrl.parse("postgresql://u:p@[2001:db8::1]:5433,[fe80::1%25eth0]:1/d");
    assertThat(url.hosts()).containsExactly("2001:db8::1", "fe80::1%eth0");
    assertThat(url.ports()).containsExactly(5433, 1);
    assertThat(DatabaseUrl.parse(url.toUriWithPassword())).isEqualTo(url);
  }

  @Test
  void directoryOfASocketIsEncodedOrAParameter() {
    assertThat(DatabaseUrl.parse("postgresql://%2Fvar%2Frun/db").hosts())
        .containsExactly("/var/run");
    DatabaseUrl url = DatabaseUrl.parse("postgresql:///db?host=/var/run");
    assertThat(url.hosts()).containsExactly("/var/run");
    assertThat(url.toUriWithPassword()).isEqualTo("postgresql://%2Fvar%2Frun/db");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://localhost/db?application_name=a@b,          , , localhost, application_name, a@b",
    "postgresql://localhost:5432/db?application_name=a@b,     , , localhost, application_name, a@b",
    "postgresql://u:p@localhost/db?application_name=a@b@c,    u,p,localhost, application_name,"
        + " a@b@c",
    "postgresql://u:p@localhost/db?x=1&application_name=a@b,  u,p,localhost, application_name, a@b",
    "postgresql://u:p@localhost/db?role=me@corp&x=1,          u,p,localhost, role, me@corp",
    "postgresql://u:p@localhost?my.setting=a@b/c?d,           u,p,localhost, my.setting, a@b/c?d",
    "postgresql://localhost/db?options=-c%20role=a@b,         , , localhost, options, -c role=a@b",
    "postgresql://u:q?z@localhost?application_name=a@b,       u,q?z,localhost,application_name,a@b"
  })
  void atInTheValueOfAKnownParameterBelongsToIt(
      String text, String user, String password, String host, String name, String value) {
    DatabaseUrl url = DatabaseUrl.parse(text);

    assertThat(url.user()).isEqualTo(user);
    assertThat(url.password()).isEqualTo(password);
    assertThat(url.hosts()).containsExactly(host);
    assertThat(url.parameters()).containsEntry(name, value);
  }

  @Test
  void userPasswordAndNameMayBeGivenAsParametersWithAt() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://h/d?user=me@corp&password=p@ss");
    assertThat(url.user()).isEqualTo("me@corp");
    assertThat(url.password()).isEqualTo("p@ss");
  }

  @Test
  void parametersAreDecodedOnceAndPlusStays() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://h/d?a=1+2%20%2525&b=100%&c=x=y&d=");
    assertThat(url.parameters())
        .containsExactly(
            Map.entry("a", "1+2 %25"),
            Map.entry("b", "100%"),
            Map.entry("c", "x=y"),
            Map.entry("d", ""));
  }

  @Test
  void printingHidesThePasswordAndOtherSecrets() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://app:secret@h:1/d?sslpassword=hidden&app.token=t0k&x=1");
    assertThat(url).hasToString("postgresql://app:***@h:1/d?sslpassword=***&app.token=***&x=1");
    assertThat(url.toUriWithPassword())
        .isEqualTo("postgresql://app:secret@h:1/d?sslpassword=hidden&app.token=t0k&x=1");
  }

  @Test
  void passwordGivenAsParameterIsHiddenToo() {
    assertThat(DatabaseUrl.parse("postgresql://h/d?password=secret"))
        .hasToString("postgresql://:***@h/d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://",
        "postgresql://:5433",
        "postgresql:///d?port=1,2",
        "postgresql://h1:1,[::1]:2,%2Ftmp:3/d%3Fe?a=b%26c&d=%25",
        "postgresql://:pw@/d",
        "postgresql://%C3%A4:%E2%82%AC@h%C3%B6st/%F0%9F%90%98"
      })
  void printedUrlIsReadBackTheSame(String text) {
    DatabaseUrl url = DatabaseUrl.parse(text);
    assertThat(DatabaseUrl.parse(url.toUriWithPassword())).isEqualTo(url).hasSameHashCodeAs(url);
  }

  @Test
  void urlsThatMeanTheSameAreEqual() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://u:p@h1:5,h2:5/d?a=1&b=2");
    assertThat(DatabaseUrl.parse("postgres://%75:%70@h1,h2:5/d?b=2&a=1"))
        .isEqualTo(url)
        .hasSameHashCodeAs(url);
    assertThat(url)
        .isNotEqualTo(DatabaseUrl.parse("postgresql://u:q@h1:5,h2:5/d?a=1&b=2"))
        .isNotEqualTo(DatabaseUrl.parse("postgresql://u:p@h1:5,h2:5/d?a=1"))
        .isNotEqualTo("postgresql://u:p@h1:5,h2:5/d?a=1&b=2");
  }

  @Test
  void partsCanBeExchanged() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://h").withUser("a:b").withPassword("c@d").withDatabase("e/f");
    assertThat(url.toUriWithPassword()).isEqualTo("postgresql://a%3Ab:c%40d@h/e%2Ff");
    assertThat(url.withUser("").withPassword(null).withDatabase(""))
        .isEqualTo(DatabaseUrl.parse("postgresql://h"));
    assertThatThrownBy(() -> url.withPassword("se\0cret"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("NUL")
        .hasMessageNotContaining("cret");
  }
}
