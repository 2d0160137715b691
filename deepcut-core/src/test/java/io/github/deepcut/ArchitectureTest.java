package io.github.deepcut;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between packages, as ARCHITECTURE.md draws them. */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.deepcut");

  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("report", List.of("audit", "provenance", "data", "run")),
          Map.entry("audit", List.of("model", "data", "run")),
          Map.entry("stop", List.of("unlearn", "audit", "model")),
          Map.entry("unlearn", List.of("train", "model", "data", "tensor", "run")),
          Map.entry("train", List.of("model", "data", "tensor", "run")),
          Map.entry("model", List.of("data", "tensor", "run")),
          Map.entry("data", List.of("tensor", "run")),
          Map.entry("tensor", List.of("run")),
          Map.entry("provenance", List.of()),
          Map.entry("run", List.of()),
          Map.entry("stress", List.of("train", "audit", "model", "data", "tensor", "run")));

  @TestFactory
  Stream<DynamicTest> packagesImportOnlyWhatTheyMay() {
    return ARROWS.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  private static void check(String name, List<String> allowed) {
    List<String> packages = new ArrayList<>(List.of(inside(name)));
    allowed.forEach(a -> packages.add(inside(a)));
    packages.addAll(
        List.of("java..", "org.apache.commons..", "com.fasterxml.jackson..", "org.bytedeco.."));
    if (name.equals("data")) {
      packages.addAll(List.of("ai.djl..", "org.duckdb.."));
    }
    if (name.equals("audit")) {
      packages.add("libsvm..");
    }
    classes()
        .that()
        .resideInAPackage(inside(name))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages.toArray(String[]::new))
        .check(CORE);
  }

  @Test
  void reportsAndStatisticsHoldNoTensor() {
    for (String name : List.of("report", "provenance", "run")) {
      com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage(inside(name))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..")
          .check(CORE);
    }
  }

  @Test
  void modelKnowsBatchesNotFiles() {
    com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(inside("model"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.deepcut.data.text..")
        .check(CORE);
  }

  private static String inside(String name) {
    return "io.github.deepcut." + name + "..";
  }
}
