package dev.howdah.testing;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public and protected signatures of compiled classes, as sorted text. */
public final class ApiDump {
  private ApiDump() {}

  /** The exported API below a folder of class files; {@code internal} packages do not count. */
  public static String of(Path classes) throws IOException {
    StringBuilder dump = new StringBuilder();
    for (String name : classNames(classes)) {
      Class<?> type = load(name);
      if (isExported(type)) {
        describe(type, dump);
      }
    }
    return dump.toString();
  }

  private static List<String> classNames(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(".class") && !file.contains("internal/"))
          .filter(file -> !file.endsWith("package-info.class") && !file.startsWith("META-INF"))
          .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiDump.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError unreadable) {
      throw new IllegalStateException("cannot read " + name, unreadable);
    }
  }

  private static boolean isExported(Class<?> type) {
    for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
      if (!isExported(outer.getModifiers()) || outer.isAnonymousClass() || outer.isLocalClass()) {
        return false;
      }
    }
    return !type.isSynthetic();
  }

  private static boolean isExported(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static void describe(Class<?> type, StringBuilder dump) {
    String bounds =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .map(java.lang.reflect.Type::getTypeName)
            .filter(name -> !name.equals("java.lang.Object"))
            .collect(Collectors.joining(", "));
    dump.append(header(type)).append(bounds.isEmpty() ? "" : " : " + bounds).append('\n');
    Set<String> members = new TreeSet<>();
    Stream.<Member>of(type.getDeclaredFields()).forEach(field -> add(field, members));
    Stream.<Member>of(type.getDeclaredConstructors()).forEach(made -> add(made, members));
    Stream.<Member>of(type.getDeclaredMethods()).forEach(method -> add(method, members));
    // What a hidden class gives its heirs is theirs, unless an interface says it already.
    for (Class<?> hidden = type.getSuperclass();
        hidden != null && !isExported(hidden);
        hidden = hidden.getSuperclass()) {
      Stream.of(hidden.getDeclaredMethods())
          .filter(method -> !isOfAnInterface(method))
          .forEach(method -> add(method, members));
    }
    members.forEach(member -> dump.append("  ").append(member).append('\n'));
  }

  private static boolean isOfAnInterface(Method method) {
    return Arrays.stream(method.getDeclaringClass().getInterfaces())
        .flatMap(one -> Arrays.stream(one.getMethods()))
        .anyMatch(
            one ->
                one.getName().equals(method.getName())
                    && Arrays.equals(one.getParameterTypes(), method.getParameterTypes()));
  }

  /** In words of our own: the JDK's differ between its versions for sealed types. */
  private static String header(Class<?> type) {
    String kind = "class";
    if (type.isAnnotation()) {
      kind = "@interface";
    } else if (type.isInterface()) {
      kind = "interface";
    } else if (type.isEnum()) {
      kind = "enum";
    } else if (type.isRecord()) {
      kind = "record";
    }
    int modifiers = type.getModifiers() & Modifier.classModifiers();
    if (type.isInterface()) {
      modifiers &= ~Modifier.ABSTRACT;
    }
    String parameters =
        Arrays.stream(type.getTypeParameters())
            .map(java.lang.reflect.TypeVariable::getName)
            .collect(Collectors.joining(", "));
    return Modifier.toString(modifiers)
        + (type.isSealed() ? " sealed " : " ")
        + kind
        + " "
        + type.getName()
        + (parameters.isEmpty() ? "" : "<" + parameters + ">");
  }

  private static void add(Member member, Set<String> members) {
    if (isExported(member.getModifiers()) && !member.isSynthetic()) {
      members.add(deprecated(member) + signature(member));
    }
  }

  private static String deprecated(Member member) {
    return ((AnnotatedElement) member).isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
  }

  private static String signature(Member member) {
    String text;
    if (member instanceof Field field) {
      text = field.toGenericString();
    } else if (member instanceof Method method) {
      text = method.toGenericString();
    } else {
      text = ((Constructor<?>) member).toGenericString();
    }
    String owner = member.getDeclaringClass().getTypeName() + ".";
    String withoutOwner = text.replace(" " + owner, " ");
    return member instanceof Executable ? withoutOwner.replace("abstract ", "") : withoutOwner;
  }
}
