package dev.howdah.observe;

/** How much of a statement's parameter values echo, logs and errors may show. */
public enum ParameterDisplay {
  /** Values are never shown; only how many there are. The default. */
  HIDDEN,
  /** Each value is shown, cut after a few dozen characters. */
  SHORT,
  /** Each value is shown whole; meant for a developer's own machine. */
  FULL
}
