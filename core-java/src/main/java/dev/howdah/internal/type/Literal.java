package dev.howdah.internal.type;

/** One value as text, and the OID it is announced with (0: the server infers the type). */
record Literal(int oid, String text) {

  /** Only for the debugger and for failing tests: without the value. */
  @Override
  public String toString() {
    return "Literal[" + Oids.name(oid) + ", " + text.length() + " characters]";
  }
}
