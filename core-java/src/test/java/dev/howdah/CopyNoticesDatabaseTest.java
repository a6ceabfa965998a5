package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.query.CopyOut;
import dev.howdah.query.Query;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A query that is copied out keeps its own listener. */
@PostgresTest
class CopyNoticesDatabaseTest {
  @Test
  void theQuerysListenerHearsAllBeforeTheCopyEnds(TestDatabase server) {
    server.sql(
        "CREATE FUNCTION say(n int) RETURNS int LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE NOTICE '%', n; RETURN n; END $$");
    List<String> heard = new CopyOnWriteArrayList<>();
    CopyOut copy =
        CopyOut.csv(
            Query.rows("SELECT say(n) FROM generate_series(1, 300) n")
                .onNotice(notice -> heard.add(notice.message())));
    List<String> all = IntStream.rangeClosed(1, 300).mapToObj(String::valueOf).toList();
    try (Database db = Pools.of(server, 1)) {
      for (Queries handle : List.of(await(db.acquire()), db)) {
        heard.clear();
        assertThat(await(handle.copyOut(copy, OutputStream.nullOutputStream()))).isEqualTo(300);
        assertThat(heard).isEqualTo(all);
        if (handle instanceof Connection held) {
          held.close();
        }
      }
    }
  }
}
