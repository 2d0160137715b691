package io.github.deepcut.data;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** Where the public corpora lie: the folder that {@code DEEPCUT_DATA} names. */
public final class RealData {
  private RealData() {}

  /** A test that needs them, and is skipped where they are not at hand. */
  @Tag("realdata")
  @EnabledIf("io.github.deepcut.data.RealData#present")
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Needed {}

  public static Path folder() {
    String named = System.getenv("DEEPCUT_DATA");
    return Path.of(named == null || named.isEmpty() ? "no-data" : named);
  }

  static boolean present() {
    return Files.isDirectory(folder());
  }
}
