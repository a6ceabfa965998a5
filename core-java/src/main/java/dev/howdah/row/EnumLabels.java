package dev.howdah.row;

import dev.howdah.row.Conversion.Misfit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The constants of an enum by the labels a database may use for them: the exact name, then ignoring
 * case, then ignoring {@code _}, {@code -} and spaces too. A tolerant step only finds what it can
 * mean one constant by.
 */
final class EnumLabels implements Conversion.Step {

  private static final ClassValue<EnumLabels> KNOWN =
      new ClassValue<>() {
        @Override
        protected EnumLabels computeValue(Class<?> type) {
          return new EnumLabels(type);
        }
      };

  private static final List<UnaryOperator<String>> FORMS =
      List.of(UnaryOperator.identity(), EnumLabels::lower, EnumLabels::plain);

  private final Class<?> type;
  private final List<Enum<?>> constants;

  /** One map for each form, in the order they are tried. */
  private final List<Map<String, Enum<?>>> byForm;

  private EnumLabels(Class<?> type) {
    this.type = type;
    this.constants =
        Arrays.stream(type.getEnumConstants())
            .<Enum<?>>map(constant -> (Enum<?>) constant)
            .toList();
    this.byForm = FORMS.stream().map(this::unambiguous).toList();
  }

  static EnumLabels of(Class<?> type) {
    return KNOWN.get(type);
  }

  @Override
  public Object convert(Object value) {
    if (type.isInstance(value)) {
      return value;
    }
    if (!(value instanceof String label)) {
      throw Misfit.noWay(value, type);
    }
    for (int i = 0; i < FORMS.size(); i++) {
      Enum<?> constant = byForm.get(i).get(FORMS.get(i).apply(label));
      if (constant != null) {
        return constant;
      }
    }
    throw Misfit.of(
        value,
        "is no label of enum "
            + TypeNames.of(type)
            + ", which has: "
            + constants.stream().map(Enum::name).collect(Collectors.joining(", ")));
  }

  private Map<String, Enum<?>> unambiguous(UnaryOperator<String> form) {
    Map<String, Enum<?>> found = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (Enum<?> constant : constants) {
      String label = form.apply(constant.name());
      if (found.put(label, constant) != null) {
        twice.add(label);
      }
    }
    found.keySet().removeAll(twice);
    return found;
  }

  private static String lower(String label) {
    return label.toLowerCase(Locale.ROOT);
  }

  private static String plain(String label) {
    return lower(label).replace("_", "").replace("-", "").replace(" ", "");
  }
}
