package dev.howdah.row;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Conversion.Misfit;
import java.lang.reflect.Type;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Jackson, with the modules it finds on the class path. The only class that names it: loaded only
 * where Jackson is.
 */
final class JacksonJson implements JsonLibrary {
  private final ObjectMapper mapper = mapper();

  private static ObjectMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    try {
      return builder.findAndAddModules().build();
    } catch (ServiceConfigurationError brokenModule) {
      return builder.build();
    }
  }

  @Override
  public @Nullable Object read(String text, Type target) {
    try {
      return mapper.readValue(text, mapper.constructType(target));
    } catch (JsonProcessingException unfit) {
      throw misfit(unfit, target);
    }
  }

  @Override
  public @Nullable Object convert(Object value, Type target) {
    try {
      return mapper.convertValue(value, mapper.constructType(target));
    } catch (IllegalArgumentException unfit) {
      throw unfit.getCause() instanceof JsonProcessingException cause
          ? misfit(cause, target)
          : new Misfit("the json does not fit " + TypeNames.of(target));
    }
  }

  @Override
  public String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException refused) {
      throw new MappingFailure(
          "a "
              + value.getClass().getName()
              + " cannot be written as JSON"
              + at(refused)
              + ": "
              + refused.getClass().getSimpleName());
    }
  }

  /** Without Jackson's own message, which quotes values. */
  private static Misfit misfit(JsonProcessingException unfit, Type target) {
    String type = TypeNames.of(target);
    return unfit instanceof JsonMappingException
        ? new Misfit("the json does not fit " + type + at(unfit))
        : new Misfit(
            type
                + " is read from json, but the text is not valid JSON"
                + (unfit.getLocation() == null
                    ? ""
                    : " at position " + unfit.getLocation().getCharOffset()));
  }

  private static String at(JsonProcessingException failure) {
    if (!(failure instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return "";
    }
    return mapping.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining(".", " at ", ""));
  }
}
