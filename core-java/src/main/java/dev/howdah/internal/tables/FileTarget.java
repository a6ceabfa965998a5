package dev.howdah.internal.tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that is replaced as a whole: written beside, under another name, and moved when all is in
 * it. What is no plain file (a pipe, a device) is written to directly. All methods block; safe for
 * one writer, and for {@link #discard} from anywhere.
 */
final class FileTarget {
  private final Path file;
  private @Nullable FileChannel channel;
  private @Nullable Path beside;
  private boolean over;

  /** A target that nothing has been done to. */
  FileTarget(Path file) {
    this.file = file;
  }

  /** Adds bytes. */
  synchronized void write(ByteBuffer bytes) throws IOException {
    write(open(), bytes);
  }

  /** Writes all bytes of a buffer. */
  static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private FileChannel open() throws IOException {
    if (over) {
      throw new IOException("the copy to " + file + " was given up");
    }
    FileChannel now = channel;
    if (now == null) {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        now = FileChannel.open(file, StandardOpenOption.WRITE);
      } else {
        Path real = Files.exists(file) ? file.toRealPath() : file;
        Path part = real.resolveSibling(real.getFileName() + "." + UUID.randomUUID() + ".part");
        now = FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        beside = part;
      }
      channel = now;
    }
    return now;
  }

  /** All is in it: it takes its place. An empty one too. */
  synchronized void keep() throws IOException {
    open().close();
    over = true;
    Path part = beside;
    if (part != null) {
      Path real = Files.exists(file) ? file.toRealPath() : file;
      move(part, real);
      beside = null;
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException plain) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Leaves the file as it was. Does nothing after {@link #keep}. Never fails. */
  synchronized void discard() {
    over = true;
    try {
      if (channel != null) {
        channel.close();
      }
      if (beside != null) {
        Files.deleteIfExists(beside);
      }
    } catch (IOException left) {
      // What lies beside says by its name that it is a part.
    }
  }
}
