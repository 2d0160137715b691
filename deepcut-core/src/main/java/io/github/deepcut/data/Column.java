package io.github.deepcut.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A column of a data file that is no part of its examples, kept so that a condition can name it.
 *
 * @param type its DuckDB type
 * @param values one a row, written as text; null where missing
 */
public record Column(String name, String type, List<String> values) {
  public Column {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }
}
