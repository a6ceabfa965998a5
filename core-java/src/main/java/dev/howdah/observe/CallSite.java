package dev.howdah.observe;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place in the user's code that called the library: for a listener, within {@link
 * DatabaseListener#queryStarted}, and for the report of borrowed connections.
 *
 * <p>Looking for it walks the stack, some microseconds: on demand only.
 */
public final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
  private static final List<String> RUNTIMES =
      List.of("java.", "jdk.", "sun.", "kotlin.", "kotlinx.coroutines.", "reactor.", "io.netty.");

  /** Our own code, by where it was loaded from: its packages' names may be a user's too. */
  private static final Set<String> OURS = ours();

  private CallSite() {}

  /**
   * Who called the library on this thread: the nearest caller outside it that is not the JDK,
   * Kotlin's runtime or Reactor. A listener that asks is not meant, though it is nearer.
   *
   * @return its class, method and line; null when there is none
   */
  public static @Nullable StackTraceElement current() {
    return WALKER.walk(
        frames ->
            frames
                .skip(1) // this method
                .dropWhile(frame -> !isOurs(frame))
                .dropWhile(frame -> isOurs(frame) || isRuntimes(frame))
                .findFirst()
                .map(StackFrame::toStackTraceElement)
                .orElse(null));
  }

  private static boolean isOurs(StackFrame frame) {
    return OURS.contains(source(frame.getDeclaringClass()));
  }

  private static boolean isRuntimes(StackFrame frame) {
    return RUNTIMES.stream().anyMatch(frame.getClassName()::startsWith);
  }

  private static Set<String> ours() {
    Set<String> ours = new HashSet<>();
    String core = source(CallSite.class);
    if (core != null) {
      ours.add(core);
    }
    try {
      Class<?> kotlin =
          Class.forName("dev.howdah.coroutines.Database", false, CallSite.class.getClassLoader());
      String source = source(kotlin);
      if (source != null) {
        ours.add(source);
      }
    } catch (ClassNotFoundException javaOnly) {
      // The Kotlin module is not there.
    }
    return ours;
  }

  private static @Nullable String source(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? null : String.valueOf(source.getLocation());
  }
}
