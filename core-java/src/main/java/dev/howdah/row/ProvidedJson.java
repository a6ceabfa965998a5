package dev.howdah.row;

import dev.howdah.error.ClientException;
import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Conversion.Misfit;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A library that came as a {@link JsonProvider}. */
record ProvidedJson(JsonProvider provider) implements JsonLibrary {
  @Override
  public @Nullable Object read(String text, Type target) {
    try {
      return provider.read(text, target);
    } catch (MappingFailure unfit) {
      // Whoever reads strictly knows best where a text stops to be json.
      Containers.json(text, target);
      throw new Misfit(String.valueOf(unfit.getMessage()), unfit.getCause());
    }
  }

  @Override
  public @Nullable Object convert(Object value, Type target) {
    String text;
    try {
      text = JsonWriter.write(value);
    } catch (ClientException.WrongArguments notJson) {
      throw new Misfit(String.valueOf(notJson.getMessage()));
    }
    return read(text, target);
  }

  @Override
  public String write(Object value) {
    return provider.write(value);
  }
}
