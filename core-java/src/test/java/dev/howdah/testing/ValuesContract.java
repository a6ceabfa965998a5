package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.row.Row;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every handle promises for the values that travel: text, bytes, null, lists, json and enums.
 */
public interface ValuesContract extends UsersUnderTest {
  @Test
  default void hostileTextComesBackAsItWent(TestDatabase server) {
    with(
        server,
        db -> {
          List<String> texts =
              List.of(
                  "",
                  " ",
                  "'; DROP TABLE users; --",
                  "\\' \\\\ \" $1 :name ?",
                  "quote ' double '' \"",
                  "emoji \uD83D\uDC18 Ünïcödé Ελλ мир 漢字",
                  "line\r\nbreak\ttab",
                  "NULL",
                  "{a,b}",
                  "x".repeat(10_000_000));
          for (String text : texts) {
            assertThat(db.fetchValue(String.class, "SELECT $1", text).orElseThrow())
                .isEqualTo(text);
          }
        });
  }

  @Test
  default void bytesComeBackAsTheyWent(TestDatabase server) {
    with(
        server,
        db -> {
          byte[] all = new byte[10_000_000];
          for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 31);
          }
          assertThat(db.fetchValue(byte[].class, "SELECT $1::bytea", (Object) all))
              .hasValueSatisfying(back -> assertThat(back).isEqualTo(all));
          assertThat(db.fetchValue(byte[].class, "SELECT $1::bytea", (Object) new byte[0]))
              .hasValueSatisfying(back -> assertThat(back).isEmpty());
        });
  }

  @Test
  default void nullTravelsBothWays(TestDatabase server) {
    with(
        server,
        db -> {
          Row row =
              db.fetchOne("SELECT $1::int AS a, $2::text AS b, $3::uuid AS c", null, null, null);
          assertThat(row.values()).containsOnlyNulls();
          assertThat(db.fetchValue(Boolean.class, "SELECT $1::int IS NULL", (Object) null))
              .contains(true);
        });
  }

  @Test
  default void listsAndArraysBindAsArrays(TestDatabase server) {
    withUsers(
        server,
        db -> {
          assertThat(
                  db.fetch(
                      Long.class,
                      "SELECT user_id FROM users WHERE user_id = ANY($1) ORDER BY 1",
                      List.of(1, 3)))
              .containsExactly(1L, 3L);
          assertThat(
                  db.fetch(
                      Long.class,
                      "SELECT user_id FROM users WHERE name = ANY($1)",
                      (Object) new String[] {"Vera", "it's \"quoted\", {odd}"}))
              .containsExactly(3L);
          assertThat(
                  db.fetchValue(
                      List.class,
                      "SELECT $1::text[]",
                      Arrays.asList("a", null, "", "NULL", "b\\\"c,{}")))
              .contains(Arrays.asList("a", null, "", "NULL", "b\\\"c,{}"));
          assertThat(db.fetchValue(List.class, "SELECT $1::int[]", Collections.emptyList()))
              .contains(List.of());
          assertThat(db.fetchValue(int[].class, "SELECT ARRAY[1,2,3]"))
              .hasValueSatisfying(back -> assertThat(back).containsExactly(1, 2, 3));
        });
  }

  @Test
  default void jsonIsTextOrMapsAndLists(TestDatabase server) {
    with(
        server,
        db -> {
          Map<String, Object> doc = Map.of("name", "Anna", "tags", List.of("a", 1, true));
          assertThat(db.fetchValue(Map.class, "SELECT $1::jsonb", doc)).contains(doc);
          assertThat(db.fetchValue(String.class, "SELECT $1::jsonb", "{\"a\": [1, null]}"))
              .contains("{\"a\": [1, null]}");
          assertThat(db.fetchValue(List.class, "SELECT '[1, \"x\"]'::json"))
              .contains(List.of(1, "x"));
        });
  }

  /** An enum of the tests. */
  enum Mood {
    happy,
    sad
  }

  @Test
  default void enumsNeedNoRegistration(TestDatabase server) {
    server.sql("CREATE TYPE mood AS ENUM ('happy', 'sad')");
    with(
        server,
        db -> {
          assertThat(db.fetchValue(String.class, "SELECT $1::mood", Mood.sad)).contains("sad");
          assertThat(db.fetchValue(Mood.class, "SELECT 'happy'::mood")).contains(Mood.happy);
          assertThat(db.fetchValue(Mood.class, "SELECT $1::mood", "sad")).contains(Mood.sad);
        });
  }
}
