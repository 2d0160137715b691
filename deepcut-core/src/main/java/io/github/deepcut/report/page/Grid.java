package io.github.deepcut.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table whose rows become blocks on a narrow screen: each cell carries its column's name. The
 * roles keep it a table for screen readers there.
 */
final class Grid {
  private final String caption;
  private final List<String> columns;
  private final int texts;
  private final List<Tag> rows = new ArrayList<>();

  /**
   * @param texts so many columns from the left hold text, the others numbers
   */
  Grid(String caption, int texts, String... columns) {
    this.caption = caption;
    this.texts = texts;
    this.columns = List.of(columns);
  }

  /** Adds a row whose first cell is explained. */
  Grid explained(String meaning, String... cells) {
    row(cells);
    rows.set(rows.size() - 1, tr(cells, Tag.of("span", "meaning").text(meaning)));
    return this;
  }

  /** Adds a row of as many cells as there are columns. */
  Grid row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells, expected one for each of " + columns);
    }
    rows.add(tr(cells));
    return this;
  }

  private Tag tr(String[] cells, Tag... under) {
    return Tag.of("tr")
        .with("role", "row")
        .add(cell(0, cells[0]).add(under))
        .addAll(IntStream.range(1, cells.length).mapToObj(i -> cell(i, cells[i])).toList());
  }

  private Tag cell(int column, String text) {
    Tag cell =
        column == 0
            ? Tag.of("th", "name").with("scope", "row").with("role", "rowheader")
            : Tag.of("td", column < texts ? "text" : "num")
                .with("role", "cell")
                .with("data-label", columns.get(column));
    return cell.add(Tag.of("span").text(text));
  }

  Tag table() {
    Tag head = Tag.of("tr").with("role", "row");
    for (int i = 0; i < columns.size(); i++) {
      head.add(
          Tag.of("th", i < texts ? "text" : "num")
              .with("scope", "col")
              .with("role", "columnheader")
              .text(columns.get(i)));
    }
    return Tag.of("table")
        .with("role", "table")
        .add(
            Tag.of("caption").text(caption),
            Tag.of("thead").with("role", "rowgroup").add(head),
            Tag.of("tbody").with("role", "rowgroup").addAll(rows));
  }
}
