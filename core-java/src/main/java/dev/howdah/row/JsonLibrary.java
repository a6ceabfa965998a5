package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Conversion.Misfit;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A library that knows json better than we do, where one is on the class path.
 *
 * <p>It is asked only about classes that carry its annotations, or that our own reader and writer
 * have no way for: so what is stored does not change because a library comes or goes.
 */
interface JsonLibrary {
  /** Reads a document; fails with {@link Misfit}, without the text. */
  @Nullable Object read(String text, Type target);

  /** Makes an object of maps, lists and scalars; fails with {@link Misfit}. */
  @Nullable Object convert(Object value, Type target);

  /**
   * Writes a document.
   *
   * @throws MappingFailure if it cannot; without the value
   */
  String write(Object value);

  /** The library that this class is to be read by, or null for our own reader. */
  static @Nullable JsonLibrary wanting(Class<?> type) {
    JsonLibrary own = annotating(type);
    return own == null && Installed.LIBRARY != null && Installed.ONLY_LIBRARY.get(type)
        ? Installed.LIBRARY
        : own;
  }

  /** The library whose annotations this class carries, if it is there. */
  static @Nullable JsonLibrary annotating(Class<?> type) {
    return Installed.NONE || MapperCache.isOfTheJdk(type)
        ? null
        : Installed.ANNOTATED.get(type).orElse(null);
  }

  /** Jackson, if it is there. */
  static @Nullable JsonLibrary installed() {
    return Installed.LIBRARY;
  }

  /** What was found when json was first read into a class. */
  final class Installed {
    private static final String ANNOTATIONS = "com.fasterxml.jackson.";

    static final @Nullable JsonLibrary LIBRARY = load();

    private static final List<ProvidedJson> PROVIDED =
        Services.installed(JsonProvider.class, JsonLibrary.class.getClassLoader()).stream()
            .map(ProvidedJson::new)
            .toList();

    static final boolean NONE = LIBRARY == null && PROVIDED.isEmpty();

    static final ClassValue<Optional<JsonLibrary>> ANNOTATED =
        new ClassValue<>() {
          @Override
          protected Optional<JsonLibrary> computeValue(Class<?> type) {
            return PROVIDED.stream()
                .filter(library -> library.provider().takes(type))
                .<JsonLibrary>map(library -> library)
                .findFirst()
                .or(() -> Optional.ofNullable(LIBRARY).filter(jackson -> isAnnotated(type)));
          }
        };

    /** Classes that our own mappers cannot make. */
    static final ClassValue<Boolean> ONLY_LIBRARY =
        new ClassValue<>() {
          @Override
          protected Boolean computeValue(Class<?> type) {
            try {
              RowMappers.of(type);
              return false;
            } catch (MappingFailure notMakeable) {
              return true;
            }
          }
        };

    private Installed() {}

    private static @Nullable JsonLibrary load() {
      try {
        Class.forName(
            "com.fasterxml.jackson.databind.json.JsonMapper",
            false,
            JsonLibrary.class.getClassLoader());
        return new JacksonJson();
      } catch (ClassNotFoundException | LinkageError absent) {
        return null;
      }
    }

    private static boolean isAnnotated(Class<?> type) {
      for (Class<?> one = type; one != null && one != Object.class; one = one.getSuperclass()) {
        boolean annotated =
            Stream.<AnnotatedElement[]>of(
                    new AnnotatedElement[] {one},
                    one.getInterfaces(),
                    one.getDeclaredFields(),
                    one.getDeclaredMethods(),
                    one.getDeclaredConstructors())
                .flatMap(Stream::of)
                .anyMatch(Installed::carries);
        if (annotated) {
          return true;
        }
      }
      return false;
    }

    private static boolean carries(AnnotatedElement element) {
      for (Annotation annotation : element.getDeclaredAnnotations()) {
        if (annotation.annotationType().getName().startsWith(ANNOTATIONS)) {
          return true;
        }
      }
      return element instanceof Executable executable
          && Stream.of(executable.getParameterAnnotations())
              .flatMap(Stream::of)
              .anyMatch(one -> one.annotationType().getName().startsWith(ANNOTATIONS));
    }
  }
}
