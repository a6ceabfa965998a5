package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.CopyCommand;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.Oids;
import dev.howdah.internal.type.ParameterEncoder;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.query.CopySql;
import dev.howdah.query.ManyQuery;
import dev.howdah.query.ParsedSql;
import dev.howdah.query.Query;
import dev.howdah.query.Typed;
import dev.howdah.schema.Identifiers;
import dev.howdah.schema.Literals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries → commands: where arguments become what the server reads, or are refused. */
final class Commands {
  private Commands() {}

  /** The text of a script, or a refusal before anything is sent. */
  static String script(String sql) {
    ParsedSql parsed = ParsedSql.of(sql);
    String unclosed = parsed.unclosed();
    if (unclosed != null) {
      throw new WrongArguments("the script never closes " + unclosed, null, sql);
    }
    if (parsed.copiesThroughClient()) {
      throw new Unsupported(
          "a script cannot hold COPY FROM STDIN or TO STDOUT: nobody would feed or read it; use"
              + " copyIn or copyOut");
    }
    if (parsed.parameterCount() > 0) {
      throw new WrongArguments(
          "a script takes no parameters, this one names "
              + parsed.parameterCount()
              + "; run its statements one by one",
          null,
          sql);
    }
    return parsed.plainText();
  }

  static Command of(Query<?> query, Codecs codecs) {
    return new Command(
        query.parsed().plainText(),
        encoded(query.arguments(), query.parsed().names(), codecs),
        query.rowLimit());
  }

  /**
   * The arguments of one element of a batch; a refusal names it.
   *
   * @param bound in the order of the parameters
   */
  static List<Parameter> parameters(
      ManyQuery query, @Nullable Object[] bound, long index, Codecs codecs) {
    try {
      return encoded(Arrays.asList(bound), query.parsed().names(), codecs);
    } catch (WrongArguments wrong) {
      throw query.refused(wrong, index);
    }
  }

  /**
   * The text of a COPY with its values in it. They are written as they would have been bound: text
   * that leaves its type to the server, or with a cast to the type they would be announced as.
   */
  static CopyCommand copy(CopySql statement, Codecs codecs) {
    List<String> literals = new ArrayList<>(statement.arguments().size());
    List<@Nullable Object> arguments = statement.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String name = statement.names().isEmpty() ? null : statement.names().get(i);
      literals.add(
          literal(
              arguments.get(i) instanceof Typed typed
                  ? ParameterEncoder.encodeAs(typed.oid(), typed.value(), typed.what(), codecs)
                  : ParameterEncoder.encode(arguments.get(i), i + 1, name, codecs)));
    }
    return new CopyCommand(statement.sent(literals), statement.shown());
  }

  private static String literal(Parameter parameter) {
    byte[] bytes = parameter.bytes();
    String value;
    if (bytes == null) {
      value = "NULL";
    } else {
      String text =
          parameter.binary()
              ? "\\x" + HexFormat.of().formatHex(bytes)
              : new String(bytes, StandardCharsets.UTF_8);
      value = Literals.quote(text, "a value of a COPY");
    }
    return "(" + value + (parameter.oid() == 0 ? "" : "::" + type(parameter.oid())) + ")";
  }

  private static String type(int oid) {
    int element = Oids.elementOf(oid);
    String name = Oids.name(element == Oids.UNSPECIFIED ? oid : element);
    return "pg_catalog." + Identifiers.quote(name) + (element == Oids.UNSPECIFIED ? "" : "[]");
  }

  private static List<Parameter> encoded(
      List<@Nullable Object> arguments, List<String> names, Codecs codecs) {
    List<Parameter> parameters = new ArrayList<>(arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      Object argument = arguments.get(i);
      parameters.add(
          argument instanceof Typed typed
              ? ParameterEncoder.encodeFor(typed.oid(), typed.value(), typed.what(), codecs)
              : ParameterEncoder.encode(
                  argument, i + 1, names.isEmpty() ? null : names.get(i), codecs));
    }
    ParameterEncoder.checkTotal(parameters);
    return parameters;
  }
}
