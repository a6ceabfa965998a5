package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings({
  "ClassCanBeStatic",
  "UnusedMethod",
  "UnusedVariable"
}) // the shapes are the point
class ClassMappingTest {

  private static Row row(List<String> names, @Nullable Object... values) {
    return Row.of(Columns.of(names), values);
  }

  static class Base {
    private long id;

    long id() {
      return id;
    }
  }

  static class User extends Base {
    static int counter = 7;
    final int fixed = 1;
    transient int cache = 5;

    @ColumnName("user_surname")
    @Nullable String surname;

    int age = 18;
    private String userName = "nobody";
    boolean setterCalled;

    private User() {}

    public User setUserName(String name) {
      this.userName = name;
      this.setterCalled = true;
      return this;
    }

    public void setURL(String ignored) {
      this.userName = ignored;
    }
  }

  @Test
  void settersAndFieldsAreFilledInheritedOnesToo() {
    User user =
        row(List.of("id", "user_name", "user_surname", "age"), 4, "Anna", "Ozola", 30L)
            .as(User.class);
    assertThat(user.id()).isEqualTo(4);
    assertThat(user.userName).isEqualTo("Anna");
    assertThat(user.setterCalled).isTrue();
    assertThat(user.surname).isEqualTo("Ozola");
    assertThat(user.age).isEqualTo(30);
  }

  @Test
  void propertiesWithoutColumnKeepWhatTheyHad() {
    User user = row(List.of("id", "cache", "counter", "fixed"), 4, 9, 9, 9).as(User.class);
    assertThat(user.age).isEqualTo(18);
    assertThat(user.userName).isEqualTo("nobody");
    assertThat(user.cache).isEqualTo(5);
    assertThat(User.counter).isEqualTo(7);
    assertThat(user.fixed).isEqualTo(1);
  }

  @Test
  void acronymsKeepTheirCase() {
    assertThat(row(List.of("url"), "u").as(User.class).userName).isEqualTo("u");
  }

  @Test
  void aRowThatFillsNothingIsRefused() {
    assertThatThrownBy(() -> row(List.of("a", "b"), 1, 2).as(User.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("class User takes none of the row's columns: it has id, surname")
        .hasMessageEndingWith("the row has a, b");
  }

  @Test
  void strictRefusesColumnsWithoutProperty() {
    assertThat(RowMappers.strict(User.class).map(row(List.of("age"), 3)).age).isEqualTo(3);
    assertThatThrownBy(() -> RowMappers.strict(User.class).map(row(List.of("age", "x"), 3, 4)))
        .isInstanceOf(MappingFailure.class)
        .hasMessage("class User has no property for column 'x', and strict mapping takes them all");
  }

  @Test
  void nullIntoPrimitivePropertyIsRefused() {
    assertThatThrownBy(() -> row(List.of("age"), (Object) null).as(User.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("column 'age' for property 'age' of class User: the value is null");
  }

  record City(String name) {}

  static class Customer {
    int id;
    @Nullable City city;
    @Nullable Customer referrer;
  }

  @Test
  void propertiesMayBeNested() {
    Customer customer =
        row(List.of("id", "city.name", "referrer_id", "referrer_city_name"), 1, "Riga", 2, null)
            .as(Customer.class);
    assertThat(customer.city).isEqualTo(new City("Riga"));
    assertThat(customer.referrer.id).isEqualTo(2);
    assertThat(customer.referrer.city).isNull();
    assertThat(row(List.of("id", "city.name"), 1, null).as(Customer.class).city).isNull();
  }

  static class Overloaded {
    private int value;

    public void setValue(String text) {
      this.value = text.length();
    }

    public void setValue(int value) {
      this.value = value;
    }

    public void setValue(Object value) {
      this.value = value.hashCode();
    }
  }

  static class Ambiguous {
    public void setValue(String text) {}

    public void setValue(int value) {}
  }

  @Test
  void theFieldTellsWhichSetterIsMeant() {
    assertThat(row(List.of("value"), 42).as(Overloaded.class).value).isEqualTo(42);
    assertThatThrownBy(() -> RowMappers.of(Ambiguous.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("class Ambiguous has several setters for 'value'");
  }

  static class Throwing {
    public void setValue(int value) {
      throw new IllegalStateException("not " + value);
    }
  }

  @Test
  void whatASetterThrowsIsTheCause() {
    assertThatThrownBy(() -> row(List.of("value"), 4711).as(Throwing.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageContaining("class Throwing could not be made")
        .hasMessageNotContaining("4711")
        .hasRootCauseMessage("not 4711");
  }

  public static final class Plain {
    private final int id;
    private final String name;

    public Plain(@ColumnName("id") int id, @ColumnName("full_name") String name) {
      this.id = id;
      this.name = name;
    }

    private Plain(int id) {
      this(id, "");
    }
  }

  @Test
  void theOnlyPublicConstructorWithNamesIsCalled() {
    Plain plain = row(List.of("full_name", "id"), "Anna", 5).as(Plain.class);
    assertThat(plain.id).isEqualTo(5);
    assertThat(plain.name).isEqualTo("Anna");
    assertThatThrownBy(() -> row(List.of("id"), 1).as(Plain.class))
        .hasMessage(
            "class Plain has no value for property 'arg1': the row has id"
                .replace("arg1", name(1)));
  }

  private static String name(int parameter) {
    return Plain.class.getConstructors()[0].getParameters()[parameter].getName();
  }

  static final class NoWay {
    private NoWay(int a) {}
  }

  final class Inner {
    int a;
  }

  static final class Nothing {}

  interface Shape {}

  abstract static class Half {
    int a;
  }

  @Test
  void classesThatCannotBeMadeSayWhy() {
    assertThatThrownBy(() -> RowMappers.of(NoWay.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("class NoWay has neither a constructor without parameters nor")
        .hasMessageContaining("-parameters");
    assertThatThrownBy(() -> RowMappers.of(Inner.class)).hasMessageContaining("must be static");
    assertThatThrownBy(() -> RowMappers.of(Nothing.class))
        .hasMessage("class Nothing has neither setters nor fields that could be filled");
    assertThatThrownBy(() -> RowMappers.of(Shape.class))
        .hasMessageStartingWith("Shape is an interface, which a row cannot become");
    assertThatThrownBy(() -> RowMappers.of(Half.class))
        .hasMessageStartingWith("Half is an abstract class");
    assertThatThrownBy(() -> RowMappers.of(ColumnName.class)).isInstanceOf(MappingFailure.class);
  }

  static final class Money {
    private final long cents;
    private final String currency;
    private boolean byHand;

    public Money() {
      this.cents = 0;
      this.currency = "";
      this.byHand = true;
    }

    private Money(@ColumnName("amount") long cents, @ColumnName("cur") String currency) {
      this.cents = cents;
      this.currency = currency;
    }

    public Money(String text) {
      this(text.length(), text);
    }
  }

  static final class Torn {
    Torn(@ColumnName("a") int a) {}

    Torn(@ColumnName("a") int a, @ColumnName("b") int b) {}
  }

  @Test
  void theConstructorWithColumnNamesIsChosenBeforeAllOthers() {
    Money money = row(List.of("cur", "amount"), "EUR", 5L).as(Money.class);
    assertThat(money.cents).isEqualTo(5);
    assertThat(money.currency).isEqualTo("EUR");
    assertThat(money.byHand).isFalse();
    assertThatThrownBy(() -> RowMappers.of(Torn.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "class Torn has several constructors with @ColumnName on every parameter: leave it on"
                + " one");
  }

  @Test
  void lenientChangesNothingForClassesThatAreFilled() {
    User user = RowMappers.lenient(User.class).map(row(List.of("id", "x"), 4, 1));
    assertThat(user.age).isEqualTo(18);
    assertThat(user.userName).isEqualTo("nobody");
  }
}
