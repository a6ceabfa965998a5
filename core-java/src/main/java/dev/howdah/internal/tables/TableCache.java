package dev.howdah.internal.tables;

import dev.howdah.internal.engine.Engine;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The tables that were asked for, each read from the catalog once. Safe for any thread: callers
 * that come while a table is being read share that reading, and a caller who gives up does not stop
 * it for the others. A failed reading is forgotten at once.
 *
 * <p>A transaction has a cache of its own, over the common one: it knows what that knows, but what
 * it reads itself may never be committed and stays its own.
 */
final class TableCache {
  private final Engine engine;
  private final @Nullable TableCache common;
  private final ConcurrentMap<TableName, Entry> entries = new ConcurrentHashMap<>();
  private final Set<TableName> forgotten = ConcurrentHashMap.newKeySet();

  /** An empty cache. */
  TableCache(Engine engine) {
    this(engine, null);
  }

  private TableCache(Engine engine, @Nullable TableCache common) {
    this.engine = engine;
    this.common = common;
  }

  /** A cache for one transaction. */
  TableCache over(Engine transaction) {
    return new TableCache(transaction, this);
  }

  /** The table as it is known, read now if it is not. */
  Mono<TableDefinition> get(TableName name) {
    return Mono.defer(
        () -> {
          TableDefinition known = known(name);
          return known != null
              ? Mono.just(known)
              : entries.computeIfAbsent(name, Entry::new).definition;
        });
  }

  /** The table read again, unless somebody has done that since {@code known} was read. */
  @SuppressWarnings("ReferenceEquality") // a reading, not what it found
  Mono<TableDefinition> reread(TableName name, TableDefinition known) {
    return Mono.defer(
        () ->
            entries.compute(
                    name,
                    (key, entry) -> entry == null || entry.loaded == known ? new Entry(key) : entry)
                .definition);
  }

  /** Forgets a table; what is being read for others meanwhile reaches only them. */
  void forget(TableName name) {
    entries.remove(name);
    if (common != null) {
      forgotten.add(name);
      common.forget(name);
    }
  }

  private @Nullable TableDefinition known(TableName name) {
    Entry entry = entries.get(name);
    if (entry != null) {
      return entry.loaded;
    }
    return common == null || forgotten.contains(name) ? null : common.known(name);
  }

  private final class Entry {
    final Mono<TableDefinition> definition;
    volatile @Nullable TableDefinition loaded;

    Entry(TableName name) {
      this.definition =
          Mono.defer(() -> engine.run(Catalog.definition(name)))
              .map(answer -> Catalog.read(name, answer.rows()))
              .doOnNext(table -> loaded = table)
              .doOnError(failure -> entries.remove(name, this))
              .cache();
    }
  }
}
