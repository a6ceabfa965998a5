package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender gives the right answers; what is measured is worth nothing otherwise. */
@Tag("database")
class ClientsDatabaseTest {
  private static final int SIZE = 250;
  private static final int[] KEYS = IntStream.rangeClosed(1, SIZE).toArray();
  private static final List<Account> ACCOUNTS =
      Arrays.stream(KEYS).mapToObj(Account::expected).toList();
  private static final List<Item> ITEMS = Items.of(SIZE);

  private static final Map<Contender, Client> CLIENTS = new EnumMap<>(Contender.class);

  @SuppressWarnings("NullAway.Init")
  private static Server server;

  @SuppressWarnings("NullAway.Init")
  private static Tables tables;

  @BeforeAll
  static void start() {
    server = Server.givenOrEmbedded();
    tables = Tables.open(server);
  }

  @AfterAll
  static void stop() {
    CLIENTS.values().forEach(Client::close);
    CLIENTS.clear();
    tables.close();
    server.close();
  }

  /** A contender for each workload that it plays. */
  record Part(Contender contender, Workload workload) {
    @Override
    public String toString() {
      return contender + " " + workload.label();
    }
  }

  static Stream<Part> parts() {
    return Arrays.stream(Contender.values())
        .filter(Contender::isJava)
        .flatMap(
            contender ->
                Arrays.stream(Workload.values())
                    .filter(contender::plays)
                    .map(workload -> new Part(contender, workload)));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void answersAreRight(Part part) {
    tables.run("UPDATE howdah_bench_balances SET balance = aid; TRUNCATE howdah_bench_history");
    tables.run(Items.reset(part.workload(), SIZE));
    Client client =
        CLIENTS.computeIfAbsent(part.contender(), contender -> contender.connect(server, 3));
    play(client, part.workload());
  }

  private static void play(Client client, Workload workload) {
    switch (workload) {
      case GATHER -> assertThat(client.gather(KEYS)).isEqualTo(ACCOUNTS);
      case MIXED -> assertThat(client.gatherMixed(KEYS)).isEqualTo(ACCOUNTS);
      case SINGLE -> {
        assertThat(client.lookUp(7)).isEqualTo(Account.expected(7));
        assertThat(client.lookUpEach(KEYS)).isEqualTo(ACCOUNTS);
      }
      case START -> assertThat(client.lookUp(5)).isEqualTo(Account.expected(5));
      case CALLERS ->
          assertThat(client.callers(new int[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {2, 2, 2}}))
              .isEqualTo(
                  IntStream.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 2, 2)
                      .mapToLong(key -> Account.expected(key).abalance())
                      .sum());
      case TRANSACTION -> {
        assertThat(client.transact(KEYS)).isEqualTo(IntStream.of(KEYS).sum() + SIZE);
        assertThat(tables.number("SELECT sum(aid * delta) FROM howdah_bench_history"))
            .isEqualTo(IntStream.of(KEYS).sum());
        assertThat(tables.number("SELECT sum(balance - aid) FROM howdah_bench_balances"))
            .isEqualTo(SIZE);
      }
      case FETCH_ROWS -> assertThat(client.fetchRows()).isEqualTo(wholeTable());
      case FETCH_RECORDS ->
          assertThat(client.fetchRecords())
              .hasSize(Accounts.ROWS)
              .allMatch(account -> account.equals(Account.expected(account.aid())))
              .doesNotHaveDuplicates();
      case STREAM -> assertThat(client.stream(2)).isEqualTo(2 * wholeTable());
      case UPSERT -> written(client.upsert(ITEMS));
      case INSERT -> written(client.insert(ITEMS));
      case INSERT_BATCH -> written(client.insertBatch(ITEMS));
      case EXECUTE_MANY -> written(client.executeMany(Items.INSERT, ITEMS));
      case UPDATE_MANY -> written(client.executeMany(Items.UPDATE, ITEMS));
    }
  }

  private static void written(long changed) {
    assertThat(changed).isEqualTo(SIZE);
    assertThat(
            tables.number(
                "SELECT count(*) FROM howdah_bench_items WHERE bid = id % 97"
                    + " AND amount = id * 7919::int8 % 100003 AND note = 'note of item ' || id"))
        .isEqualTo(SIZE);
    assertThat(tables.number("SELECT count(*) FROM howdah_bench_items")).isEqualTo(SIZE);
  }

  private static long wholeTable() {
    return IntStream.rangeClosed(1, Accounts.ROWS)
        .mapToLong(aid -> Account.expected(aid).checksum())
        .sum();
  }
}
