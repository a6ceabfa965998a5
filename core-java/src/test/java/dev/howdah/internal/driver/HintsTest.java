package dev.howdah.internal.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What poolers and hosts leave unsaid. */
class HintsTest {
  private static final List<String> HOSTS = List.of("127.0.0.1");

  @Test
  void aSettingThatPgBouncerDoesNotTrackIsNamed() {
    assertThat(
            Hints.forLogin(
                "08P01", "unsupported startup parameter: extra_float_digits", HOSTS, "app"))
        .contains("add extra_float_digits to ignore_startup_parameters");
    assertThat(Hints.forLogin("08P01", "invalid message", HOSTS, "app")).isNull();
  }

  @Test
  void aPoolerOfManyDatabasesFindsThemByTheUser() {
    List<String> pooler = List.of("eu.pooler.example");
    assertThat(Hints.forLogin("28P01", "no such user", pooler, "app")).contains("app.<project>");
    assertThat(Hints.forLogin("28P01", "no such user", pooler, "app.shop")).isNull();
    assertThat(Hints.forLogin("28P01", "no such user", HOSTS, "app")).isNull();
  }

  @Test
  void aLostStatementPointsToThePoolerMode() {
    assertThat(Hints.forStatement("26000")).contains("poolerMode(true)");
    assertThat(Hints.forStatement("42601")).isNull();
  }
}
