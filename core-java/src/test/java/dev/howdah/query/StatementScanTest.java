package dev.howdah.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a text may do: reads, leaves state, controls a transaction. */
class StatementScanTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select * from users where user_id = $1;",
        "((SELECT 1) UNION ALL (SELECT 2))",
        "/* hint */ SELECT 1 -- UPDATE",
        "VALUES (1), (2)",
        "TABLE users",
        "SHOW server_version",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "WITH RECURSIVE x AS (VALUES (1) UNION ALL SELECT 1 FROM x) TABLE x",
        "SELECT substring(name FOR 3), 'UPDATE', \"delete\", $$INSERT INTO$$ FROM users",
        "SELECT u.update, u.into FROM users u",
        "SELECT temp, pg_temperature FROM weather",
        "SELECT max(\"set_config\") FROM t",
        "SELECT set_config FROM t",
        "SELECT count(*) FROM t WHERE a IN (SELECT b FROM c) FETCH FIRST 3 ROWS ONLY"
      })
  void plainReadIsARead(String text) {
    assertThat(ParsedSql.of(text).isRead()).isTrue();
    assertThat(ParsedSql.of(text).leavesState()).isFalse();
    assertThat(ParsedSql.of(text).controlsTransaction()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "INSERT INTO t VALUES (1)",
        "UPDATE t SET a = 1",
        "DELETE FROM t",
        "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE",
        "CREATE TABLE t (a int)",
        "SELECT 1; SELECT 2",
        "SELECT * FROM t FOR UPDATE",
        "SELECT * FROM t FOR NO KEY UPDATE",
        "SELECT * FROM t FOR SHARE OF t SKIP LOCKED",
        "SELECT * FROM t FOR KEY SHARE",
        "SELECT * INTO t2 FROM t",
        "WITH x AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM x",
        "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
        "WITH x AS (SELECT 1) UPDATE t SET a = 1",
        "SELECT nextval('s')",
        "SELECT pg_catalog.setval('s', 1)",
        "SELECT pg_catalog . \"nextval\" ('s')",
        "SELECT pg_notify('c', 'x')",
        "SELECT lo_unlink(1)",
        "SELECT dblink_exec('x')",
        "SELECT pg_terminate_backend(1)",
        "SELECT pg_advisory_xact_lock(1)",
        "EXPLAIN ANALYZE SELECT 1",
        "COPY t FROM STDIN",
        "VACUUM",
        "FETCH 1 FROM c",
        "$1",
        "\"SELECT\" 1"
      })
  void whatIsMoreThanAReadIsNone(String text) {
    assertThat(ParsedSql.of(text).isRead()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET search_path = x",
        "set local search_path = x",
        "RESET ALL",
        "BEGIN",
        "start transaction",
        "SAVEPOINT a",
        "COMMIT AND CHAIN",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "DEALLOCATE p",
        "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
        "LISTEN x",
        "UNLISTEN *",
        "LOAD 'x'",
        "DISCARD ALL",
        "DO $$ BEGIN END $$",
        "CALL p()",
        "USE other_database",
        "CREATE TEMP TABLE t (a int)",
        "create temporary view v as select 1",
        "CREATE LOCAL TEMP TABLE t (a int)",
        "CREATE OR REPLACE TEMP VIEW v AS SELECT 1",
        "CREATE OR REPLACE LOCAL TEMPORARY VIEW v AS SELECT 1",
        "CREATE TABLE pg_temp.t (a int)",
        "CREATE TABLE \"pg_temp\".t (a int)",
        "CREATE FUNCTION pg_temp.f() RETURNS int RETURN 1",
        "SELECT 1 INTO TEMP t",
        "SELECT 1 INTO LOCAL TEMPORARY t",
        "SELECT set_config('a.b', 'c', false)",
        "SELECT pg_catalog.set_config('a.b', 'c', false)",
        "SELECT \"set_config\"('a.b', 'c', false)",
        "SELECT U&\"set\\005Fconfig\"('a.b', 'c', false)",
        "INSERT INTO t SELECT Set_Config /* x */ ('a.b', 'c', false)",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_advisory_lock_shared(1)",
        "SELECT pg_try_advisory_lock(1)",
        "SELECT pg_advisory_unlock_all()",
        "SELECT dblink_connect('a', 'b')",
        "SELECT setseed(0.5)",
        "EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1",
        "EXPLAIN (ANALYZE) EXECUTE p",
        "SELECT 1; SET a.b = 1; SELECT 2"
      })
  void whatCouldLeaveStateIsSaidToLeaveIt(String text) {
    assertThat(ParsedSql.of(text).leavesState()).isTrue();
    assertThat(ParsedSql.of(text).isRead()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES ('SET')",
        "UPDATE t SET a = 1",
        "DELETE FROM t",
        "CREATE TABLE t (temp int, set_config int)",
        "CREATE TABLE temp (a int)",
        "CREATE OR REPLACE FUNCTION f() RETURNS int AS $$ SELECT set_config('a.b', 'c', false) $$",
        "CREATE FUNCTION f() RETURNS int SET search_path = x RETURN 1",
        "ALTER TABLE t SET SCHEMA s",
        "SELECT pg_advisory_xact_lock(1)",
        "SELECT pg_try_advisory_xact_lock(1)",
        "SELECT nextval('s')",
        "COPY t FROM STDIN",
        "TRUNCATE t; ANALYZE t",
        "EXPLAIN SELECT 1",
        ""
      })
  void whatLeavesNothingIsSaidToLeaveNothing(String text) {
    assertThat(ParsedSql.of(text).leavesState()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN",
        "begin isolation level serializable",
        "START TRANSACTION READ ONLY",
        "COMMIT",
        "END",
        "ROLLBACK",
        "ROLLBACK TO SAVEPOINT a",
        "ABORT",
        "SAVEPOINT a",
        "RELEASE a",
        "PREPARE TRANSACTION 'x'",
        "COMMIT PREPARED 'x'",
        "SELECT 1; /* x */ commit; SELECT 2"
      })
  void transactionControlIsSeen(String text) {
    assertThat(ParsedSql.of(text).controlsTransaction()).isTrue();
    assertThat(ParsedSql.of(text).leavesState()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'BEGIN'",
        "SELECT begin, commit FROM t",
        "DO $$ BEGIN COMMIT; END $$",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END",
        "PREPARE p AS SELECT 1",
        "SELECT CASE WHEN true THEN 1 END",
        "SET TRANSACTION READ ONLY",
        "-- BEGIN\nSELECT 1"
      })
  void otherStatementsControlNoTransaction(String text) {
    assertThat(ParsedSql.of(text).controlsTransaction()).isFalse();
  }
}
