package io.github.deepcut.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;

/** The style sheet, the scripts and D3, from the class path. */
final class Assets {
  private static final String WEBJAR = "/META-INF/maven/org.webjars.npm/d3/pom.properties";

  private Assets() {}

  static String style() {
    return read("page.css");
  }

  /** Draws the charts from the page's own data. */
  static String script() {
    return read("page.js");
  }

  /** D3 under its licence, which has to stand in every copy. */
  static String d3() {
    String folder = "/META-INF/resources/webjars/d3/" + version() + "/";
    return "/*! D3\n" + read(folder + "LICENSE") + "*/\n" + read(folder + "dist/d3.min.js");
  }

  /** A script's source expression in a content security policy. */
  static String sha256(String script) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String version() {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(read(WEBJAR)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static String read(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
