package dev.howdah.row;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a map of column names to values of one type, in column order. */
final class MapMapper implements RowMapper<Map<String, @Nullable Object>> {

  private final Type content;

  MapMapper(Type content) {
    this.content = content;
  }

  @Override
  public Map<String, @Nullable Object> map(Row row) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>(row.size() * 2);
    for (int i = 0; i < row.size(); i++) {
      String name = row.columns().names().get(i);
      if (!map.containsKey(name)) {
        map.put(name, row.get(i, content));
      }
    }
    return Collections.unmodifiableMap(map);
  }
}
