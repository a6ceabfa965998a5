package dev.howdah.embedded;

import java.nio.file.Path;

/** A program that starts a server and does nothing more, to be killed by its test. */
final class ServerThatIsLeft {
  private ServerThatIsLeft() {}

  /** Arguments: the folder to work in, and whether to start it in the way of Windows. */
  public static void main(String[] arguments) throws Exception {
    EmbeddedOptions options = EmbeddedOptions.defaults().withDirectory(Path.of(arguments[0]));
    EmbeddedPostgres server =
        EmbeddedPostgres.start(
            options,
            home -> Binaries.unpacked(home, Platform.current()),
            Boolean.parseBoolean(arguments[1]));
    System.out.println(server.port());
    Thread.currentThread().join();
  }
}
