package dev.howdah.embedded;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A server under Unix. A small shell is its parent and reads our orders from a pipe. The system
 * closes the pipe when this JVM ends in whatever way, and then the shell ends the server and
 * removes the folder: nothing is left even after {@code kill -9}.
 */
final class SupervisedServer extends ServerProcess {
  private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(15);

  /** For any POSIX shell. Arguments: the run folder, the programs' folder, what drops root. */
  private static final String SUPERVISOR =
      """
      folder=$1
      bin=$2
      shift 2
      started=
      set -f
      cd /
      # The terminal's Ctrl-C is for the JVM; we go when it has gone.
      trap '' HUP INT

      running() { [ -n "$started" ] && [ ! -e "$folder/ended" ]; }

      signal() {
        pid=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null)
        case $pid in
          '' | *[!0-9]*) ;;
          *) kill -s "$1" "$pid" 2>/dev/null ;;
        esac
      }

      finish() {
        trap '' TERM
        left=100
        while running && [ "$left" -gt 0 ]; do
          # Again and again: just after its start the server has not written its number yet.
          signal QUIT
          left=$((left - 1))
          sleep 0.05 2>/dev/null || sleep 1
        done
        running && signal KILL
        rm -rf "$folder" 2>/dev/null || { sleep 1; rm -rf "$folder"; }
        exit 0
      }

      trap finish TERM

      while read -r verb arguments; do
        case $verb in
          initdb)
            "$@" "$bin/initdb" -D "$folder/data" --pwfile="$folder/password" $arguments \\
              >"$folder/initdb.log" 2>&1 </dev/null
            echo $? >"$folder/initdb.code.new"
            mv "$folder/initdb.code.new" "$folder/initdb.code"
            ;;
          start)
            started=1
            rm -f "$folder/ended"
            : >"$folder/launched"
            (
              "$@" "$bin/postgres" -D "$folder/data" $arguments \\
                >>"$folder/server.log" 2>&1 </dev/null
              : >"$folder/ended"
            ) &
            ;;
          signal) running && signal "$arguments" ;;
        esac
      done
      finish
      """;

  private final Process shell;
  private final OutputStream orders;
  private boolean launched;

  SupervisedServer(RunFolder folder, Path bin, Privileges privileges) throws IOException {
    super(folder, bin);
    Path script = folder.path().resolve("supervisor.sh");
    Files.writeString(script, SUPERVISOR);
    List<String> command = new ArrayList<>();
    if (isOnPath("setsid")) {
      // Out of the terminal's process group, so that Ctrl-C does not stop the server first.
      command.add("setsid");
    }
    command.addAll(List.of("sh", script.toString(), folder.path().toString(), bin.toString()));
    command.addAll(privileges.prefix());
    shell = Command.quiet(command).start();
    orders = shell.getOutputStream();
  }

  @Override
  String initialise(List<String> arguments, Duration timeout) throws IOException {
    Path code = folder.path().resolve("initdb.code");
    order("initdb " + String.join(" ", arguments));
    boolean done = Await.until(timeout, () -> Files.exists(code) || !shell.isAlive());
    if (done && Files.exists(code) && Files.readString(code).strip().equals("0")) {
      return "";
    }
    String output = RunFolder.tail(folder.path().resolve("initdb.log"), 0);
    return done ? output : "it did not end within " + timeout.toSeconds() + " s. " + output;
  }

  @Override
  void launch(int port) throws IOException {
    Path begun = folder.path().resolve("launched");
    Files.deleteIfExists(begun);
    order(String.format(Locale.ROOT, "start -p %d", port));
    launched = true;
    // From here on the file "ended" speaks about this start and not about the one before.
    Await.until(RELEASE_TIMEOUT, () -> Files.exists(begun) || !shell.isAlive());
  }

  @Override
  boolean hasEnded() {
    if (!launched || Files.exists(folder.path().resolve("ended"))) {
      return true;
    }
    // Somebody ended the shell, which now cannot tell; ask the system about the server itself.
    return !shell.isAlive()
        && folder.pid().stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent());
  }

  @Override
  void ask(Stop stop) throws IOException {
    if (shell.isAlive()) {
      order("signal " + stop.signal);
    } else {
      kill();
    }
  }

  @Override
  void release() throws IOException {
    try {
      orders.close();
    } finally {
      if (!Await.until(RELEASE_TIMEOUT, () -> !shell.isAlive())) {
        shell.destroyForcibly();
      }
      Tree.delete(folder.path()); // nothing left to do, unless somebody ended the shell
    }
  }

  private void order(String line) throws IOException {
    orders.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    orders.flush();
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(path)
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
