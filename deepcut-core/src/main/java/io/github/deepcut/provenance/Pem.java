package io.github.deepcut.provenance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;

/** Keys as text: RFC 7468. */
final class Pem {
  private Pem() {}

  static String write(String label, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
    return begin(label) + "\n" + lines.encodeToString(der) + "\n" + end(label) + "\n";
  }

  /**
   * @throws IllegalArgumentException if the text is not one block of that label
   */
  static byte[] read(String label, String pem) {
    String text = pem.strip();
    if (text.length() < begin(label).length() + end(label).length()
        || !text.startsWith(begin(label))
        || !text.endsWith(end(label))) {
      throw new IllegalArgumentException("expected PEM from " + begin(label) + " on");
    }
    String body = text.substring(begin(label).length(), text.length() - end(label).length());
    return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
