package dev.howdah.internal.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidsTest {
  @Test
  void arraysAndElementsPointAtEachOther() {
    int known = 0;
    for (int oid = 1; oid < 10_000; oid++) {
      int array = Oids.arrayOf(oid);
      if (array != Oids.UNSPECIFIED) {
        known++;
        assertThat(Oids.elementOf(array)).isEqualTo(oid);
        assertThat(Oids.arrayOf(array)).isEqualTo(Oids.UNSPECIFIED);
        assertThat(Oids.name(array)).isEqualTo(Oids.name(oid) + "[]");
        assertThat(Oids.isBuiltIn(oid)).isTrue();
        assertThat(Oids.isBuiltIn(array)).isTrue();
      }
    }
    assertThat(known).isEqualTo(74);
  }

  @Test
  void constantsMatchTheTable() {
    assertThat(Oids.arrayOf(Oids.INT4)).isEqualTo(Oids.INT4_ARRAY).isEqualTo(1007);
    assertThat(Oids.arrayOf(Oids.TIMESTAMPTZ)).isEqualTo(Oids.TIMESTAMPTZ_ARRAY).isEqualTo(1185);
    assertThat(Oids.elementOf(Oids.JSONB_ARRAY)).isEqualTo(Oids.JSONB).isEqualTo(3802);
    assertThat(Oids.name(Oids.INT8)).isEqualTo("int8");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 16_384, Integer.MIN_VALUE, Integer.MAX_VALUE, 8191, 8192})
  void otherOidsAreUnknown(int oid) {
    assertThat(Oids.arrayOf(oid)).isEqualTo(Oids.UNSPECIFIED);
    assertThat(Oids.elementOf(oid)).isEqualTo(Oids.UNSPECIFIED);
    assertThat(Oids.isBuiltIn(oid)).isFalse();
    assertThat(Oids.name(oid)).isEqualTo("oid " + oid);
  }
}
