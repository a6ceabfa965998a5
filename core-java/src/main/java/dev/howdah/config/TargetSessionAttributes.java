package dev.howdah.config;

/** Which of several servers is acceptable, as libpq's {@code target_session_attrs}. */
public enum TargetSessionAttributes implements Labelled {
  /** Any server that lets us in; the default. */
  ANY("any"),
  /** A server whose sessions may write. */
  READ_WRITE("read-write"),
  /** A server whose sessions may not write. */
  READ_ONLY("read-only"),
  /** A server that is not in recovery. */
  PRIMARY("primary"),
  /** A server that is in recovery. */
  STANDBY("standby"),
  /** A standby if there is one in the list, else any server. */
  PREFER_STANDBY("prefer-standby");

  private final String label;

  TargetSessionAttributes(String label) {
    this.label = label;
  }

  /** Returns libpq's name of it. */
  @Override
  public String label() {
    return label;
  }
}
