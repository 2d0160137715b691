package io.github.deepcut.report;

/** One class's or entity type's share of the forgotten samples, metric by metric a row. */
public record ClassGap(String name, Row row) {}
