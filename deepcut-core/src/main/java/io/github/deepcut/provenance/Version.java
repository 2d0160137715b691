package io.github.deepcut.provenance;

/** The version of DeepCUT. */
public final class Version {
  /** As in the build file. */
  public static final String CURRENT = "0.1.0";

  private Version() {}
}
