package dev.howdah.row;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The providers that are on the class path. */
final class Services {
  private static final Logger LOG = System.getLogger("dev.howdah.row");

  private Services() {}

  /** Those a class loader sees; one that cannot be loaded is left out with a warning. */
  static <S> List<S> installed(Class<S> service, ClassLoader loader) {
    List<S> found = new ArrayList<>();
    Iterator<S> services = ServiceLoader.load(service, loader).iterator();
    while (true) {
      try {
        if (!services.hasNext()) {
          return List.copyOf(found);
        }
        found.add(services.next());
      } catch (ServiceConfigurationError broken) {
        LOG.log(
            Level.WARNING,
            "a " + service.getSimpleName() + " cannot be used: " + broken.getMessage());
      }
    }
  }
}
