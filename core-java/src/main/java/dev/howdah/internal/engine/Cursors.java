package dev.howdah.internal.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cursors that the server holds on one connection: their names, and what ends them besides
 * their own close. They all end with the transaction.
 */
final class Cursors {
  private final Map<Integer, ServerCursor> named = new HashMap<>();
  private final List<ServerCursor> declared = new ArrayList<>();

  /** A number for a name: few of them, so that their statements stay in the statement cache. */
  synchronized int name(ServerCursor cursor) {
    int free = 1;
    while (named.containsKey(free)) {
      free++;
    }
    named.put(free, cursor);
    return free;
  }

  /** It is on the server from now on, under its name. */
  synchronized void declared(ServerCursor cursor) {
    declared.add(cursor);
  }

  /** It is not on the server, or not any more: its name is free. */
  synchronized void gone(ServerCursor cursor) {
    declared.remove(cursor);
    named.remove(cursor.number(), cursor);
  }

  /** Those on the server now. */
  synchronized List<ServerCursor> present() {
    return List.copyOf(declared);
  }

  /** A savepoint has been gone back to: those that came after it went with it. */
  void undo(List<ServerCursor> before, String by) {
    for (ServerCursor cursor : present()) {
      if (!before.contains(cursor)) {
        gone(cursor);
        cursor.undone(by);
      }
    }
  }

  /** The transaction has ended, and every one with it. */
  void over() {
    List<ServerCursor> ended = present();
    synchronized (this) {
      declared.clear();
      named.clear();
    }
    ended.forEach(ServerCursor::over);
  }
}
