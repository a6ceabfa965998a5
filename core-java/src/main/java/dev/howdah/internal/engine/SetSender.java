package dev.howdah.internal.engine;

import dev.howdah.config.TransactionOptions;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.Described;
import dev.howdah.internal.type.ArrayColumns;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.ParameterEncoder;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.query.ManyQuery;
import dev.howdah.query.SetInsert;
import dev.howdah.row.RowSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Sends many elements of a batch as one statement, where that has the outcome of one statement for
 * each. Its text says so as far as it goes ({@link SetInsert}); this asks for the rest.
 */
final class SetSender {
  /**
   * Whether a table takes rows at once as it takes them one by one, and whether nothing that is
   * evaluated for one row can see another: no rule, row policy or trigger of a user's; no key that
   * points at the table itself, since it is checked when all rows are there; no function or
   * operator of a user's in defaults and checks, and no domain, which may hide one.
   *
   * <p>Asked in a transaction that has inserted into the table, and so keeps others from changing
   * it.
   */
  private static final String IS_PLAIN =
      """
      SELECT true
        FROM pg_catalog.pg_class c
       WHERE c.oid = pg_catalog.to_regclass($1) AND c.relkind = 'r'
         AND NOT c.relhasrules AND NOT c.relrowsecurity
         AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
         AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_constraint f
            WHERE f.conrelid = c.oid AND f.confrelid = c.oid)
         AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
            WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND y.typtype = 'd')
         AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_depend d
            WHERE d.refclassid IN (
                    'pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
              AND (d.classid, d.objid) IN (
                    SELECT 'pg_catalog.pg_attrdef'::regclass::oid, a.oid
                      FROM pg_catalog.pg_attrdef a WHERE a.adrelid = c.oid
                    UNION ALL
                    SELECT 'pg_catalog.pg_constraint'::regclass::oid, k.oid
                      FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid))\
      """;

  private final SetInsert insert;
  private final ManyQuery query;
  private final LeasedEngine lease;
  private final Run run;
  private final Runnable check;

  private SetSender(
      SetInsert insert, ManyQuery query, LeasedEngine lease, Run run, Runnable check) {
    this.insert = insert;
    this.query = query;
    this.lease = lease;
    this.run = run;
    this.check = check;
  }

  /** One for the batches of a query, or null when its text has to be run for each element. */
  static @Nullable SetSender of(ManyQuery query, LeasedEngine lease, Run run, Runnable check) {
    boolean own = lease.held().codecs().write() || query.wantsRows();
    SetInsert insert = own ? null : SetInsert.of(query.parsed());
    return insert == null ? null : new SetSender(insert, query, lease, run, check);
  }

  /**
   * The parameters' types, when elements may be sent together from now on; else empty.
   *
   * @param alone the statement for one element, that has been run in the same transaction
   */
  Mono<List<Integer>> types(Command alone) {
    Command question =
        new Command(
            IS_PLAIN, List.of(ParameterEncoder.encode(insert.table(), 1, null, Codecs.NONE)), 1);
    return lease
        .describe(check, alone)
        .map(Described::parameterTypes)
        .filter(types -> types.size() == alone.parameters().size() && ArrayColumns.fit(types))
        .filterWhen(
            types -> lease.control(check, question).map(answer -> !answer.rows().isEmpty()));
  }

  /** All elements or none: a failure leaves the transaction as it was before. */
  Mono<RowSet> send(Engine.Scope scope, List<Parameter> arrays) {
    Command command = new Command(insert.text(), arrays, 0);
    return scope.inTransaction(
        TransactionOptions.defaults(), inner -> lease.step(run, check, command, query.parsed()));
  }
}
