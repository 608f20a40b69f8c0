package dev.muster.daemon.core;

/**
 * One column of a kind's table.
 *
 * @param title in capitals, as it is printed
 * @param wide shown by {@code -o wide} only
 */
public record Column(String title, boolean wide) {}
