package dev.howdah.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a {@code .txz} archive. A class of its own, since it alone needs the optional libraries
 * and must not be loaded where they are missing before we can say so.
 */
final class Archive {
  private static final int EXECUTABLE = 0100;

  private Archive() {}

  /** Unpacks everything into an existing folder, readable by all, whatever the umask. */
  static void unpack(InputStream in, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in, 1 << 16)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive has an entry outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
          makeFolders(target, path);
          continue;
        }
        makeFolders(target, path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(path, target.resolve(entry.getLinkName()).normalize());
        } else {
          Files.copy(tar, path);
          Tree.permit(path, (entry.getMode() & EXECUTABLE) != 0 ? "rwxr-xr-x" : "rw-r--r--");
        }
      }
    }
  }

  /** Makes a folder and those above it, each readable by all whatever the umask. */
  private static void makeFolders(Path top, @Nullable Path folder) throws IOException {
    if (folder != null && !folder.equals(top) && !Files.isDirectory(folder)) {
      makeFolders(top, folder.getParent());
      Files.createDirectory(folder);
      Tree.permit(folder, "rwxr-xr-x");
    }
  }
}
