package dev.howdah.internal.engine;

/** How it stands with a transaction or savepoint; the last two are final. */
enum ScopeState {
  OPEN("is open"),
  COMMITTED("was already committed"),
  ROLLED_BACK("was already rolled back");

  private final String words;

  ScopeState(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
