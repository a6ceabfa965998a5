package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.query.CopyIn;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A source that is let go by a cancel has not come to its end: nothing of it is kept. */
@PostgresTest
class StoppedSourceDatabaseTest {
  /** Gives one piece, and is asked for the next one in the very moment of the cancel. */
  private static final class Late implements Flow.Publisher<ByteBuffer> {
    private final CountDownLatch askedAgain = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final boolean completes;

    Late(boolean completes) {
      this.completes = completes;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            private boolean given;

            @Override
            public void request(long n) {
              if (!given) {
                given = true;
                subscriber.onNext(ByteBuffer.wrap("1\n2\n".getBytes(UTF_8)));
                return;
              }
              askedAgain.countDown();
              if (awaited(letGo) && completes) {
                subscriber.onComplete();
              }
            }

            @Override
            public void cancel() {
              letGo.countDown();
            }
          });
    }

    private static boolean awaited(CountDownLatch latch) {
      try {
        return latch.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }

  @Test
  void aCopyThatIsCancelledWhileItPullsKeepsNothing(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    for (boolean completes : new boolean[] {false, true}) {
      try (Database db = await(Database.connect(server.url()))) {
        Late source = new Late(completes);
        CompletableFuture<Long> copied = db.copyIn(CopyIn.text("t"), source);
        assertThat(Late.awaited(source.askedAgain)).isTrue();
        copied.cancel(true);
        assertThatThrownBy(copied::join).isInstanceOf(CancellationException.class);
      }
      assertThat(server.query("SELECT count(*) FROM t").get(0).get(0)).isEqualTo(0L);
    }
  }
}
