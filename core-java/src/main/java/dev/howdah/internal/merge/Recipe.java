package dev.howdah.internal.merge;

import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.Merged;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.row.Columns;
import java.util.ArrayList;
import java.util.List;

/**
 * How reads of one shape become one statement.
 *
 * @param sql the statement
 * @param arrayTypes the OIDs of its parameters
 * @param columns what each of them answers alone
 */
record Recipe(String sql, List<Integer> arrayTypes, Columns columns) {
  private static final Parameter NOTHING = new Parameter(0, false, null);

  Merged merged(List<Command> members) {
    List<Parameter> arrays = new ArrayList<>(arrayTypes.size());
    for (int p = 0; p < arrayTypes.size(); p++) {
      ArrayBytes array = new ArrayBytes();
      for (Command member : members) {
        array.add(member.parameters().isEmpty() ? NOTHING : member.parameters().get(p));
      }
      arrays.add(new Parameter(arrayTypes.get(p), false, array.close()));
    }
    List<Integer> limits = members.stream().map(Command::rowLimit).toList();
    return new Merged(new Command(sql, arrays, Integer.MAX_VALUE), columns, limits);
  }
}
