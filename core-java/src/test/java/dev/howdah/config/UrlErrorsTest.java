package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.error.ClientException.InvalidUrl;
import dev.howdah.error.ClientException.WrongArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "mysql://u:secret@h/d,                    'The scheme ''mysql'' is not supported'",
    "http://h,                                'The scheme ''http'' is not supported'",
    "jdbc:postgresql://u:secret@h/d,          replace 'jdbc:postgresql' by postgresql",
    "r2dbc:postgresql://h/d,                  replace 'r2dbc:postgresql' by postgresql",
    "postgresql+asyncpg://u:secret@h/d,       The scheme 'postgresql+asyncpg' is not supported",
    "postgresql:/h,                           must start with postgresql://",
    "h:5432/d,                                must start with postgresql://",
    "host=h password=secret,                  must start with postgresql://",
    "'',                                      must start with postgresql://",
    "postgresql://u:secret@h:0/d,             the port 0 of 'h' is not a number from 1 to 65535",
    "postgresql://u:secret@h:65536/d,         the port 65536 of 'h' is not a number",
    "postgresql://u:secret@h:99999999999/d,   the port 99999999999 of 'h' is not a number",
    "postgresql://u:secret@h:x1/d,            the port of 'h' is not a number from 1 to 65535",
    "postgresql://u:secret@h:-1/d,            the port of 'h' is not a number",
    "postgresql:///d?port=0,                  the port in the parameter port is not a number",
    "'postgresql://h1:1,h2:2,h3/d',           3 hosts but 2 ports",
    "'postgresql://h1,h2,h3/d?port=1,2',      3 hosts but 2 ports",
    "'postgresql://h/d?port=1,2',             1 host but 2 ports",
    "'postgresql://h1,,h2/d',                 host 2 of 3 is empty",
    "'postgresql://u:secret@h1,/d',           host 2 of 2 is empty",
    "postgresql://u:secret@ho st/d,           the host contains a space",
    "postgresql://u:secret@h#x/d,             the host contains a space or one of",
    "postgresql://u:secret@::1/d,             write an IPv6 address in brackets",
    "postgresql://u:secret@[::1/d,            has a '[' but no ']'",
    "postgresql://u:secret@[::1]x/d,          only a :port may follow",
    "postgresql://u:secret@[]/d,              the host is empty",
    "postgresql://u:secret@[h]/d,             is in brackets but no IPv6 address",
    "postgresql://u:secret@[::g]/d,           is no IPv6 address",
    "postgresql://u:secret@h/d?x,             parameter 1 after the '?' has no '='",
    "postgresql://u:secret@h/d?a=1&,          parameter 2 after the '?' has no '='",
    "postgresql://u:secret@h/d?a b=1,         the name of parameter 1",
    "postgresql://u:secret@h/d?=1,            the name of parameter 1",
    "postgresql://u:%FFsecret@h/d,            The password in the database URL has %XX that are not"
        + " UTF-8",
    "postgresql://u:secret%00@h/d,            or a NUL",
    "postgresql://%ff:secret@h/d,             The user in the database URL",
    "postgresql://h/%ff,                      The database name in the database URL",
    "postgresql://h/d?a=%ff,                  The value of parameter 1 after the '?'",
    "postgresql://us/er:secret@h/d,           write the '@' as %40",
    "postgresql://h/my@db,                    write the '@' as %40",
    "postgresql://h/db?mysetting=a@b,         write the '@' as %40"
  })
  void wrongUrlSaysWhatIsWrong(String url, String message) {
    InvalidUrl failure = catchThrowableOfType(InvalidUrl.class, () -> DatabaseUrl.parse(url));

    assertThat(failure).isNotNull().hasMessageContaining(message);
    assertThat(failure.getMessage()).doesNotContain("secret");
    assertThat(failure.nothingWasSent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://app:Hush",
        "postgresql://app:Hush/shop",
        "postgresql://app:Hush#1",
        "postgresql://app:Hu,sh:Hush",
        "postgresql://app:Hush?Hush",
        "postgresql://app:12?Hush",
        "postgresql://app:123456789Hush",
        "postgresql://app:Hush%ff@localhost/shop",
        "postgresql://app:Hush@localhost:x/shop",
        "postgresql://app:Hush@local host/shop",
        "postgresql://app:x@Hush:Hush?role=x@localhost",
        "postgresql://app:Hush?role=x@localhost/shop",
        "postgres:app:Hush@localhost/shop",
        "app:Hush@localhost/shop",
        "app:Hush://localhost",
        "user=app password=Hush host=localhost"
      })
  void passwordIsNeverShown(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(InvalidUrl.class)
        .satisfies(e -> assertThat(e.toString()).doesNotContain("Hush"));
  }

  @Test
  void numericPasswordWithoutAHostIsNotShownAsAPort() {
    assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://app:8675309"))
        .isInstanceOf(InvalidUrl.class)
        .hasMessageContaining("the port of 'app' is not a number from 1 to 65535")
        .hasMessageContaining("'@' and the host are missing")
        .hasMessageNotContaining("8675309");
  }

  @Test
  @SuppressWarnings("NullAway") // callers in other languages may pass null
  void nullIsRefused() {
    assertThatThrownBy(() -> DatabaseUrl.parse(null))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("needs a URL such as postgresql://user@host/name, it was given null");
  }
}
