package dev.howdah.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Makes a database when a test asks for one, looks for leaks afterwards, drops it. */
final class PostgresExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace OURS = Namespace.create(PostgresExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    // A database belongs to one test: not to a constructor, not to @BeforeAll.
    return parameter.getParameter().getType() == TestDatabase.class
        && context.getTestMethod().isPresent();
  }

  @Override
  public TestDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(OURS)
        .computeIfAbsent(TestDatabase.class, any -> TestDatabase.create(), TestDatabase.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestDatabase database = context.getStore(OURS).remove(TestDatabase.class, TestDatabase.class);
    if (database != null) {
      try (database) {
        database.requireNoConnections();
      }
    }
  }
}
