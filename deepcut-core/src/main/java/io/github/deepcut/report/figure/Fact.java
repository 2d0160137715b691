package io.github.deepcut.report.figure;

/** One line of a record: a name and its value. */
public record Fact(String name, String value) {}
