package io.github.deepcut;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.deepcut.sibling.known.KnownSiblings;
import io.github.deepcut.unlearn.SiblingLosses;
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
          Map.entry("report", List.of("audit", "stats", "provenance", "data", "run")),
          Map.entry(
              "examination",
              List.of(
                  "report", "stress", "shadow", "pool", "audit", "stats", "train", "model", "data",
                  "tensor", "run")),
          Map.entry("audit", List.of("stats", "model", "data", "run")),
          Map.entry(
              "stop",
              List.of(
                  "unlearn",
                  "examination",
                  "audit",
                  "stats",
                  "train",
                  "model",
                  "data",
                  "tensor",
                  "run")),
          Map.entry("stress", List.of("train", "stats", "model", "data", "tensor", "run")),
          Map.entry("unlearn", List.of("train", "stats", "model", "data", "tensor", "run")),
          Map.entry("train", List.of("model", "data", "tensor", "run")),
          Map.entry("record", List.of("provenance", "train", "model", "data", "tensor", "run")),
          Map.entry("model", List.of("data", "tensor", "run")),
          Map.entry("data", List.of("tensor", "run")),
          Map.entry("tensor", List.of("run")),
          Map.entry("certificate", List.of("provenance", "tensor", "run")),
          Map.entry("pool", List.of("run")),
          Map.entry("provenance", List.of()),
          Map.entry("stats", List.of()),
          Map.entry("run", List.of()));

  @TestFactory
  Stream<DynamicTest> packagesImportOnlyWhatTheyMay() {
    return ARROWS.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  private static void check(String name, List<String> allowed) {
    List<String> packages = new ArrayList<>(List.of(inside(name)));
    allowed.forEach(a -> packages.add(inside(a)));
    packages.addAll(
        List.of(
            "java..",
            "javax.crypto..",
            "org.apache.commons..",
            "com.fasterxml.jackson..",
            "org.bytedeco.."));
    if (name.equals("data")) {
      packages.addAll(List.of("ai.djl..", "org.duckdb..", "us.hebi.matlab..", "javax.imageio.."));
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

  /** What knows that shadow models are trained is a package of its own, above the whole story. */
  @Test
  void shadowModelsAreKeptByWhoDoesNotTrainThem() {
    classes()
        .that()
        .resideInAPackage("io.github.deepcut.shadow")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.github.deepcut.shadow",
            inside("pool"),
            inside("audit"),
            inside("data"),
            inside("run"),
            "java..",
            "org.apache.commons..",
            "com.fasterxml.jackson..")
        .check(CORE);
  }

  /** The examiner does not know what the method was given. */
  @Test
  void auditsDoNotSeeSiblings() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(
            inside("audit"), inside("examination"), inside("shadow"), inside("stress"))
        .or()
        .belongToAnyOf(Audit.class)
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage(inside("sibling"))
                .or(JavaClass.Predicates.belongToAnyOf(SiblingLosses.class, KnownSiblings.class)))
        .check(CORE);
  }

  /** Also the root, and those above it. */
  @Test
  void noTwoPackagesNeedEachOther() {
    SlicesRuleDefinition.slices().matching("io.github.(**)").should().beFreeOfCycles().check(CORE);
  }

  /** Methods know the loop, and what they have in common; none knows another. */
  @Test
  void baselinesAreApart() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage("io.github.deepcut.unlearn", inside("unlearn.loop"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(inside("unlearn.deepcut"), inside("unlearn.baseline"))
        .check(CORE);
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage(inside("unlearn.baseline"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(inside("unlearn.deepcut"))
        .check(CORE);
  }

  @Test
  void reportsAndStatisticsHoldNoTensor() {
    for (String name : List.of("report", "stats", "certificate", "provenance", "run")) {
      ArchRuleDefinition.noClasses()
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
    ArchRuleDefinition.noClasses()
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
