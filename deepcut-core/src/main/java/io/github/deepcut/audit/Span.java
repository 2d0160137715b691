package io.github.deepcut.audit;

/**
 * An entity in a sentence.
 *
 * @param type its type; empty where the tags have none
 * @param start its first word
 * @param end the word after its last
 */
public record Span(String type, int start, int end) {}
