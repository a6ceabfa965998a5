package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The classes that a row of a sealed type may become, by what stands in its {@link KindColumn}: the
 * exact {@link KindValue} or simple name, then ignoring case, then ignoring {@code _}, {@code -}
 * and spaces too. A tolerant step only finds what it can mean one class by.
 */
final class Kinds<T> {

  private static final List<UnaryOperator<String>> FORMS =
      List.of(
          UnaryOperator.identity(),
          label -> label.toLowerCase(Locale.ROOT),
          label -> label.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", ""));

  private final List<Class<? extends T>> classes;

  /** One map for each form, in the order they are tried; the values are indexes of classes. */
  private final List<Map<String, Integer>> byForm;

  Kinds(Class<T> type, Collection<Class<? extends T>> classes) {
    this.classes = List.copyOf(classes);
    Set<String> labels = new HashSet<>();
    for (Class<? extends T> one : classes) {
      if (!labels.add(label(one))) {
        throw new MappingFailure(
            "two classes of "
                + TypeNames.of(type)
                + " are of the kind '"
                + label(one)
                + "': give each a @KindValue of its own");
      }
    }
    this.byForm = FORMS.stream().map(this::unambiguous).toList();
  }

  /** The classes below a sealed type, those of sealed types below it too. */
  static <T> List<Class<? extends T>> permitted(Class<T> type) {
    List<Class<? extends T>> classes = new ArrayList<>();
    addPermitted(type, classes);
    return classes;
  }

  @SuppressWarnings("unchecked") // permitted subclasses are subclasses
  private static <T> void addPermitted(
      Class<? extends T> type, Collection<Class<? extends T>> classes) {
    for (Class<?> one : type.getPermittedSubclasses()) {
      if (one.isSealed()) {
        addPermitted((Class<? extends T>) one, classes);
      } else if (!classes.contains(one)) {
        classes.add((Class<? extends T>) one);
      }
    }
  }

  List<Class<? extends T>> classes() {
    return classes;
  }

  /** The index of the class for a label, or -1. */
  int indexOf(String label) {
    for (int i = 0; i < FORMS.size(); i++) {
      Integer found = byForm.get(i).get(FORMS.get(i).apply(label));
      if (found != null) {
        return found;
      }
    }
    return -1;
  }

  private Map<String, Integer> unambiguous(UnaryOperator<String> form) {
    Map<String, Integer> found = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (int i = 0; i < classes.size(); i++) {
      String label = form.apply(label(classes.get(i)));
      if (found.put(label, i) != null) {
        twice.add(label);
      }
    }
    found.keySet().removeAll(twice);
    return found;
  }

  private static String label(Class<?> one) {
    KindValue value = one.getAnnotation(KindValue.class);
    return value == null ? one.getSimpleName() : value.value();
  }

  /** Lists the kinds. */
  @Override
  public String toString() {
    return String.join(", ", classes.stream().map(Kinds::label).toList());
  }
}
