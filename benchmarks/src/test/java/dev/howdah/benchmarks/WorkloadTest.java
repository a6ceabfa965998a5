package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class WorkloadTest {
  @ParameterizedTest
  @EnumSource(Workload.class)
  void thePatternMatchesExactlyOneBenchmark(Workload workload) {
    assertThat(
            new TreeSet<BenchmarkListEntry>(
                BenchmarkList.defaultList()
                    .find(
                        OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT),
                        List.of(workload.pattern()),
                        List.of())))
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Workload.class)
  void everyWorkloadHasARival(Workload workload) {
    assertThat(Contender.values())
        .anyMatch(contender -> contender.isRival() && contender.plays(workload));
  }
}
