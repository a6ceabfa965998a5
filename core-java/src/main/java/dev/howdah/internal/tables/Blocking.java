package dev.howdah.internal.tables;

/** Something that waits for a disk or a stream. */
@FunctionalInterface
interface Blocking {
  void run() throws Exception;
}
