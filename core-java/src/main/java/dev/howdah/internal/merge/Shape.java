package dev.howdah.internal.merge;

import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.Described;
import dev.howdah.internal.driver.Merged;
import dev.howdah.query.ParsedSql;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one text whose arguments are announced with the same types: all that is known of merging
 * them. Safe to use from any thread.
 *
 * <p>The server says once what types the parameters have and what columns are answered; so a merged
 * statement needs no cast, and every answer has the names and types it has alone.
 */
public final class Shape {
  private static final int INT_ARRAY = 1007;

  private static final int LEARNERS = 2;

  private final ParsedSql text;
  private final Pace pace = new Pace();
  private volatile @Nullable Recipe recipe;
  private volatile boolean refused;
  private final AtomicBoolean learning = new AtomicBoolean();

  Shape(ParsedSql text) {
    this.text = text;
  }

  /** Whether it is known that one run's answer is every run's answer. */
  public boolean isShared() {
    return hasNoParameters() && recipe != null;
  }

  private boolean hasNoParameters() {
    return text.parameterCount() == 0;
  }

  /** How many of those that wait should go together now; 1 when they go alone. */
  public int size(int waiting, int lanes, long now) {
    if (refused || (recipe == null && learning.get())) {
      return 1;
    }
    if (hasNoParameters()) {
      // Those with whom it is learned are answered each for himself: no more than it needs.
      return pace.sharing(recipe == null ? Math.min(LEARNERS, waiting) : waiting, now);
    }
    return pace.size(waiting, lanes, now);
  }

  /** Whether it is known how they are merged. */
  public boolean isLearned() {
    return recipe != null;
  }

  /** Whether the server, or what it said, does not let them be merged. */
  public boolean isRefused() {
    return refused;
  }

  /** They cannot be merged. */
  public void refuse() {
    refused = true;
  }

  /**
   * Whether to ask the server now; false while somebody else does. To be followed by {@link
   * #endsLearning}.
   */
  public boolean beginsLearning() {
    return learning.compareAndSet(false, true);
  }

  /** The server has answered, or nobody waits for that any more. */
  public void endsLearning() {
    learning.set(false);
  }

  /** The question that {@link #learn} needs the answer of. */
  public Command arrayTypes(Described described) {
    return CatalogQuestion.of(text.text(), described.parameterTypes());
  }

  /**
   * Takes in what the server said of the text, of the types of its parameters and of the catalog.
   */
  public void learn(Described described, RowSet arrayTypes) {
    Map<Integer, Integer> arrays = new HashMap<>();
    for (Row row : arrayTypes.rows()) {
      arrays.put(oid(row.get(0)), oid(row.get(1)));
    }
    if (!arrays.containsKey(CatalogQuestion.CLEAR)) {
      refuse();
      return;
    }
    List<Integer> types = new ArrayList<>();
    for (int type : described.parameterTypes()) {
      Integer array = arrays.get(type);
      if (array == null) {
        refuse();
        return;
      }
      types.add(array);
    }
    if (hasNoParameters()) {
      types.add(INT_ARRAY); // there must be something to count
    }
    recipe = new Recipe(text.merged(), types, described.columns());
  }

  private static int oid(@Nullable Object text) {
    return Integer.parseUnsignedInt(String.valueOf(text));
  }

  /**
   * The statement for several runs.
   *
   * @throws IllegalStateException when it {@link #isLearned() is not learned}
   */
  public Merged merged(List<Command> members) {
    Recipe known = recipe;
    if (known == null) {
      throw new IllegalStateException("nothing is known of this shape yet");
    }
    return known.merged(members);
  }

  /** One run was answered alone. */
  public void wentAlone(long nanos) {
    pace.alone(nanos);
  }

  /** Several were answered together. */
  public void wentTogether(int members, int lanes, long nanos) {
    pace.merged(members, lanes, nanos, System.nanoTime());
  }

  /** Several have shared one answer. */
  public void wasShared() {
    pace.shared();
  }

  /**
   * A merged statement failed: by one of its members, or because the table is not what it was. Both
   * are found out again.
   */
  public void failed() {
    recipe = null;
    pace.failed(System.nanoTime());
  }
}
