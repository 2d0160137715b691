package io.github.deepcut.bench.results;

import io.github.deepcut.Methods;
import io.github.deepcut.data.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A method under some settings.
 *
 * @param name how the table calls it; the settings as one writes them, {@code method} among them
 *     where it is not DeepCUT
 */
record Variant(String name, String method, Map<String, String> settings) {
  /** What the results compare: the defaults, without siblings, and the paper's form. */
  static final List<Variant> ALL =
      List.of(of("default"), of("targets=estimated"), of("method=deepcut-paper"));

  /** From {@code key=value,key=value}, or {@code default}. */
  static Variant of(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (!text.equals("default")) {
      for (String pair : text.split(",", -1)) {
        settings.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    String method = settings.remove("method");
    return new Variant(text, method == null ? "deepcut" : method, settings);
  }

  /** Whether all its settings are what a task's defaults are. */
  boolean isDefault(Task task) {
    return Methods.settings(method, task).entrySet().containsAll(settings.entrySet());
  }
}
