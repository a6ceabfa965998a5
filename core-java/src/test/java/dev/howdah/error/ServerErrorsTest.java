package dev.howdah.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerErrorsTest {
  static Stream<Arguments> knownCodes() {
    return Stream.of(
        Arguments.of("08000", ConnectionException.class),
        Arguments.of("08P01", ConnectionException.ProtocolViolation.class),
        Arguments.of("0A000", FeatureNotSupported.class),
        Arguments.of("21000", CardinalityViolation.class),
        Arguments.of("22001", DataError.StringDataRightTruncation.class),
        Arguments.of("22003", DataError.NumericValueOutOfRange.class),
        Arguments.of("22012", DataError.DivisionByZero.class),
        Arguments.of("22P02", DataError.InvalidTextRepresentation.class),
        Arguments.of("23000", IntegrityViolation.class),
        Arguments.of("23502", IntegrityViolation.NotNullViolation.class),
        Arguments.of("23503", IntegrityViolation.ForeignKeyViolation.class),
        Arguments.of("23505", IntegrityViolation.UniqueViolation.class),
        Arguments.of("23514", IntegrityViolation.CheckViolation.class),
        Arguments.of("23P01", IntegrityViolation.ExclusionViolation.class),
        Arguments.of("25P02", InvalidTransactionState.InFailedTransaction.class),
        Arguments.of("25006", InvalidTransactionState.ReadOnlyTransaction.class),
        Arguments.of("26000", UndefinedPreparedStatement.class),
        Arguments.of("28000", AuthenticationFailure.class),
        Arguments.of("28P01", AuthenticationFailure.InvalidPassword.class),
        Arguments.of("3D000", UndefinedDatabase.class),
        Arguments.of("3F000", UndefinedSchema.class),
        Arguments.of("40001", TransactionRollback.SerializationFailure.class),
        Arguments.of("40P01", TransactionRollback.DeadlockDetected.class),
        Arguments.of("42601", SyntaxOrAccess.SyntaxError.class),
        Arguments.of("42501", SyntaxOrAccess.InsufficientPrivilege.class),
        Arguments.of("42703", SyntaxOrAccess.UndefinedColumn.class),
        Arguments.of("42P01", SyntaxOrAccess.UndefinedTable.class),
        Arguments.of("42P05", SyntaxOrAccess.DuplicatePreparedStatement.class),
        Arguments.of("53300", InsufficientResources.TooManyConnections.class),
        Arguments.of("55P03", ObjectNotInPrerequisiteState.LockNotAvailable.class),
        Arguments.of("57014", OperatorIntervention.QueryCanceled.class),
        Arguments.of("57P03", OperatorIntervention.CannotConnectNow.class),
        Arguments.of("P0001", PlpgsqlError.RaiseException.class),
        Arguments.of("XX000", ServerInternalError.class));
  }

  @ParameterizedTest
  @MethodSource("knownCodes")
  void knownCodeHasItsOwnClass(String code, Class<?> expected) {
    ServerException failure = of(code);

    assertThat(failure).isExactlyInstanceOf(expected);
    assertThat(failure.sqlState()).isEqualTo(code);
  }

  @Test
  void unknownCodeOfAKnownClassIsThatClass() {
    assertThat(of("23Z99")).isExactlyInstanceOf(IntegrityViolation.class);
    assertThat(of("23Z99").sqlState()).isEqualTo("23Z99");
    assertThat(of("10000")).isExactlyInstanceOf(XQueryError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZZ999", "", "23", "235050", "00000", "01000", "02000", "72000", "é€ 😀"})
  void codeOfNoErrorClassSurvivesInUnknownServerError(String code) {
    ServerException failure = of(code);

    assertThat(failure).isExactlyInstanceOf(UnknownServerError.class);
    assertThat(failure.sqlState()).isEqualTo(code);
    assertThat(failure.toString()).startsWith("UnknownServerError: it failed\n  SQLSTATE ");
  }

  @Test
  void everyErrorCodeOfTheTableHasAClassOfItsOwn() throws IllegalAccessException {
    Set<Class<?>> seen = new HashSet<>();
    for (String code : allCodes()) {
      if (!Set.of("00", "01", "02").contains(code.substring(0, 2))) {
        ServerException failure = of(code);
        assertThat(failure).as(code).isNotInstanceOf(UnknownServerError.class);
        assertThat(seen.add(failure.getClass())).as(code + " " + failure.getClass()).isTrue();
      }
    }
    assertThat(seen).hasSizeGreaterThan(230);
  }

  @Test
  void everyCodeHasANameAndTheWayBack() throws IllegalAccessException {
    Map<String, String> sharedNames =
        Map.of(
            "01004", "22001", "38002", "2F002", "38003", "2F003", "38004", "2F004", "39004",
            "22004");
    for (String code : allCodes()) {
      String name = SqlState.nameOf(code);
      assertThat(name).as(code).isNotNull().matches("[a-z_]+");
      assertThat(SqlState.codeOf(String.valueOf(name)))
          .as(name)
          .isEqualTo(sharedNames.getOrDefault(code, code));
    }
  }

  @Test
  void namesAreFoundInAnyCaseAndUnknownOnesAreNull() {
    assertThat(SqlState.codeOf("Unique_Violation")).isEqualTo("23505");
    assertThat(SqlState.nameOf(SqlState.UNIQUE_VIOLATION)).isEqualTo("unique_violation");
    assertThat(SqlState.codeOf("no_such_thing")).isNull();
    assertThat(SqlState.nameOf("ZZ999")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "40001, true",
    "40P01, true",
    "40000, false",
    "40002, false",
    "40003, false",
    "55P03, false",
    "57P03, false",
    "53300, false",
    "08006, false",
    "23505, false",
    "ZZ999, false"
  })
  void onlySerializationFailureAndDeadlockAreRetryable(String code, boolean expected) {
    assertThat(of(code).isRetryable()).isEqualTo(expected);
  }

  @Test
  void whatTheServerReportedWasSent() {
    assertThat(of("23505").nothingWasSent()).isFalse();
  }

  private static List<String> allCodes() throws IllegalAccessException {
    List<String> codes = new ArrayList<>();
    for (Field field : SqlState.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        codes.add((String) field.get(null));
      }
    }
    assertThat(codes).hasSizeGreaterThan(250).doesNotHaveDuplicates();
    return codes;
  }

  private static ServerException of(String code) {
    return ServerErrors.of(
        ServerReport.builder().sqlState(code).message("it failed").build(), null, null);
  }
}
