package dev.howdah;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of the house: docs/architecture.md draws what this test holds. */
class PackagesTest {
  private static final String BASE = "dev.howdah";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  /** Package → the packages of ours it may import. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("error", Set.of()),
          Map.entry("row", Set.of("error")),
          Map.entry("schema", Set.of("error")),
          Map.entry("observe", Set.of("error")),
          Map.entry("query", Set.of("row", "schema", "error")),
          Map.entry("config", Set.of("observe", "row", "error")),
          Map.entry("internal.type", Set.of("row", "error")),
          Map.entry(
              "internal.driver",
              Set.of("config", "query", "row", "observe", "error", "internal.type")),
          Map.entry("internal.merge", Set.of("internal.driver", "internal.type", "query", "row")),
          Map.entry(
              "internal.listen", Set.of("internal.driver", "config", "schema", "observe", "error")),
          Map.entry(
              "internal.engine",
              Set.of(
                  "internal.listen",
                  "internal.driver",
                  "internal.merge",
                  "internal.type",
                  "config",
                  "query",
                  "row",
                  "schema",
                  "observe",
                  "error")),
          Map.entry(
              "internal.tables",
              Set.of("internal.engine", "config", "query", "schema", "row", "error")),
          Map.entry(
              "",
              Set.of(
                  "internal.engine",
                  "internal.listen",
                  "internal.tables",
                  "config",
                  "query",
                  "schema",
                  "row",
                  "observe",
                  "error")),
          Map.entry("embedded", Set.of("config", "error")));

  static List<String> packages() {
    return MAIN.stream().map(JavaClass::getPackageName).distinct().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsGoDownOnly(String packageName) {
    String room = room(packageName);
    assertThat(ARROWS).as("a package without a line in the table").containsKey(room);
    Set<String> imported = new TreeSet<>();
    MAIN.stream()
        .filter(type -> type.getPackageName().equals(packageName))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .map(dependency -> dependency.getTargetClass().getPackageName())
        .filter(target -> target.startsWith(BASE) && !target.equals(packageName))
        .forEach(target -> imported.add(room(target)));
    assertThat(ARROWS.get(room)).as("imports of '%s'", room).containsAll(imported);
  }

  private static String room(String packageName) {
    return packageName.equals(BASE) ? "" : packageName.substring(BASE.length() + 1);
  }

  @Test
  void packagesHaveNoCycles() {
    SlicesRuleDefinition.slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyTheDriverKnowsR2dbc() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".internal.driver")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.r2dbc..", "io.netty..", "reactor.netty..", "reactor.pool..")
        .check(MAIN);
  }

  @Test
  void onlyTheEngineRoomsAndTwoHiddenClassesKnowReactor() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            BASE + ".internal.driver",
            BASE + ".internal.listen",
            BASE + ".internal.engine",
            BASE + ".internal.tables")
        .and()
        .haveSimpleNameNotStartingWith("Handoff")
        .and()
        .haveSimpleNameNotStartingWith("Bracket")
        .and()
        .resideOutsideOfPackage(BASE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("reactor..", "org.reactivestreams..")
        .check(MAIN);
  }

  @Test
  void internalTypesAreHiddenFromExportedSignatures() {
    List<String> leaks = new ArrayList<>();
    for (JavaClass type : MAIN) {
      if (type.getModifiers().contains(JavaModifier.PUBLIC)
          && !type.getPackageName().contains(".internal")) {
        for (JavaCodeUnit unit : type.getCodeUnits()) {
          boolean exported =
              unit.getModifiers().contains(JavaModifier.PUBLIC)
                  || unit.getModifiers().contains(JavaModifier.PROTECTED);
          if (exported && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)) {
            unit.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getName)
                .filter(PackagesTest::isForeign)
                .forEach(name -> leaks.add(unit.getFullName() + " shows " + name));
          }
        }
      }
    }
    assertThat(leaks).isEmpty();
  }

  private static boolean isForeign(String name) {
    boolean ours = name.startsWith(BASE + ".") && !name.startsWith(BASE + ".internal.");
    return !(ours || name.startsWith("java.") || !name.contains("."));
  }

  @Test
  void nobodyNamesAClassAfterWhatItIsNot() {
    classes().should().haveNameNotMatching(".*(Impl|Util|Utils|Helper)$").check(MAIN);
  }

  @Test
  void everyPackageSaysItsPurposeAndIsNullMarked() {
    for (String name : packages()) {
      assertThat(
              MAIN.get(name + ".package-info")
                  .isAnnotatedWith("org.jspecify.annotations.NullMarked"))
          .as(name)
          .isTrue();
    }
  }
}
