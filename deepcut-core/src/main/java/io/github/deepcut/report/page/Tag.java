package io.github.deepcut.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An HTML element. Text and attribute values are escaped when it is written. */
final class Tag {
  private static final Set<String> VOID = Set.of("meta", "br");

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Object> content = new ArrayList<>(); // Tag, escaped text

  private Tag(String name) {
    this.name = name;
  }

  static Tag of(String name) {
    return new Tag(name);
  }

  static Tag of(String name, String cssClass) {
    return of(name).with("class", cssClass);
  }

  Tag with(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  Tag text(String text) {
    content.add(escape(text));
    return this;
  }

  Tag add(Tag... children) {
    content.addAll(List.of(children));
    return this;
  }

  Tag addAll(List<Tag> children) {
    content.addAll(children);
    return this;
  }

  /** A script's or style sheet's own text, which HTML does not unescape: it must not end it. */
  Tag code(String code) {
    if (code.toLowerCase(java.util.Locale.ROOT).contains("</" + name)) {
      throw new IllegalArgumentException("the code of <" + name + "> would end it");
    }
    content.add(code);
    return this;
  }

  /** Escaped for text and for quoted attributes; what HTML forbids becomes U+FFFD. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
              }
            });
    return out.toString();
  }

  private static boolean allowed(int c) {
    boolean space = c == '\n' || c == '\t';
    boolean control = Character.getType(c) == Character.CONTROL && !space;
    return !control && Character.getType(c) != Character.SURROGATE && !turnsText(c);
  }

  /** Marks that reverse the direction of what follows: text could read as something else. */
  private static boolean turnsText(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    writeTo(out);
    return out.toString();
  }

  private void writeTo(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (a, v) -> out.append(' ').append(a).append("=\"").append(escape(v)).append('"'));
    out.append('>');
    for (Object child : content) {
      if (child instanceof Tag tag) {
        tag.writeTo(out);
      } else {
        out.append(child);
      }
    }
    if (!VOID.contains(name)) {
      out.append("</").append(name).append('>');
    }
  }
}
