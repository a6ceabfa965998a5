package dev.howdah.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One server in one run folder, and what watches over it so that nothing is left when this JVM is
 * gone. Not thread-safe: {@link EmbeddedPostgres} calls it under its lock.
 */
abstract sealed class ServerProcess permits SupervisedServer, PgCtlServer {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

  final RunFolder folder;
  final Path bin;
  private long killed = -1;

  ServerProcess(RunFolder folder, Path bin) {
    this.folder = folder;
    this.bin = bin;
  }

  /** How a start ended: the server takes connections, or what it said when it did not. */
  record Start(boolean ready, String log) {
    /** Whether another program has the port. */
    boolean portTaken() {
      return !ready && log.contains("could not bind");
    }

    /** Whether processes of the server before this one have yet to end. */
    boolean tooEarly() {
      return !ready && log.contains("shared memory block");
    }
  }

  /** How a server is asked to stop. */
  enum Stop {
    /** Ends all sessions, writes everything to disk. */
    FAST("INT"),
    /** Ends at once; the next start recovers. */
    IMMEDIATE("QUIT");

    /** The signal that PostgreSQL understands so. */
    final String signal;

    Stop(String signal) {
      this.signal = signal;
    }

    /** The word of {@code pg_ctl -m}. */
    String mode() {
      return this == FAST ? "fast" : "immediate";
    }
  }

  /** Runs {@code initdb}; gives what it printed if it failed, else an empty text. */
  abstract String initialise(List<String> arguments, Duration timeout) throws IOException;

  /** Lets the server begin to start; does not wait. */
  abstract void launch(int port) throws IOException;

  /** Whether the server launched last is gone, or never came up. */
  abstract boolean hasEnded();

  /** Asks the server to stop; does not wait. */
  abstract void ask(Stop stop) throws IOException;

  /** Ends what watches over the server and removes the folder; the server has ended before. */
  abstract void release() throws IOException;

  /** Starts the server and waits until it takes connections or has given up. */
  final Start start(int port, Duration timeout) throws IOException {
    long logBefore = folder.logEnd();
    launch(port);
    boolean decided = Await.until(timeout, () -> isReady() || hasEnded());
    if (isReady()) {
      return new Start(true, "");
    }
    if (!decided) {
      stop();
    }
    String log = folder.logSince(logBefore);
    return new Start(
        false, decided ? log : "It was not ready within " + timeout.toSeconds() + " s.\n" + log);
  }

  /** Stops the server, gently at first, and waits until it has ended. */
  final void stop() throws IOException {
    if (hasEnded()) {
      return;
    }
    for (Stop stop : Stop.values()) {
      ask(stop);
      if (Await.until(STOP_TIMEOUT, this::hasEnded)) {
        return;
      }
    }
    kill();
  }

  /** Ends all processes of the server as a crash of the machine would, and waits for it. */
  final void kill() {
    folder
        .pid()
        .ifPresent(
            pid -> {
              killed = pid;
              List<ProcessHandle> family =
                  ProcessHandle.of(pid).stream()
                      .flatMap(server -> Stream.concat(Stream.of(server), server.children()))
                      .toList();
              family.forEach(ProcessHandle::destroyForcibly);
              Await.until(
                  END_TIMEOUT, () -> hasEnded() && family.stream().noneMatch(ServerProcess::works));
            });
  }

  /** Dead processes count as alive until their parent, often the system's first, collects them. */
  private static boolean works(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  /** A killed server leaves its file with the word "ready" behind. */
  private boolean isReady() {
    return folder.readyPid().orElse(killed) != killed && !hasEnded();
  }
}
