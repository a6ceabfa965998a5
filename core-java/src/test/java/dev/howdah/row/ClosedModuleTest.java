package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedModuleTest {

  private static Class<?> compiled(Path folder, String directives) throws Exception {
    Path sources = Files.createDirectories(folder.resolve("src/shop"));
    Path module = folder.resolve("src/module-info.java");
    Path order = sources.resolve("Order.java");
    Files.writeString(module, "module shop { " + directives + " }");
    Files.writeString(order, "package shop; record Order(int id) {}");
    Path classes = folder.resolve("classes");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), module.toString(), order.toString());
    assertThat(status).isZero();
    ModuleLayer parent = ModuleLayer.boot();
    Configuration configuration =
        parent.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("shop"));
    ModuleLayer layer =
        parent.defineModulesWithOneLoader(configuration, ClosedModuleTest.class.getClassLoader());
    return layer.findLoader("shop").loadClass("shop.Order");
  }

  @Test
  void aRecordOutOfReachNamesTheRemedy(@TempDir Path folder) throws Exception {
    Class<?> order = compiled(folder, "");
    assertThatThrownBy(() -> RowMappers.of(order))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "Order is out of reach: write 'opens shop to dev.howdah;' in module shop, or make it"
                + " public in an exported package");
  }

  @Test
  void aRecordInAnOpenPackageIsMade(@TempDir Path folder) throws Exception {
    Class<?> order = compiled(folder, "opens shop;");
    Row row = Row.of(Columns.of(List.of("id")), new Object[] {7});
    assertThat(RowMappers.of(order).map(row)).hasToString("Order[id=7]");
  }
}
