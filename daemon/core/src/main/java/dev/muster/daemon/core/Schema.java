package dev.muster.daemon.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The tables of the cache. They are never migrated: another stamp means another file.
 *
 * <p>What a table shows ({@code resource}) and what is only read one at a time ({@code body}) are
 * kept apart, so that a scan of ten thousand rows stays in the page cache. Times are nanoseconds
 * since the epoch.
 */
final class Schema {
  static final List<String> DDL =
      List.of(
          "CREATE TABLE meta (stamp VARCHAR NOT NULL, made BIGINT NOT NULL)",
          """
          CREATE TABLE resource (
            id BIGINT PRIMARY KEY,
            identity VARCHAR NOT NULL,
            kind VARCHAR NOT NULL,
            namespace VARCHAR NOT NULL,
            name VARCHAR NOT NULL,
            uid VARCHAR NOT NULL,
            version VARCHAR NOT NULL,
            state VARCHAR NOT NULL,
            native_state VARCHAR NOT NULL,
            ready BOOLEAN NOT NULL,
            reason VARCHAR NOT NULL,
            created BIGINT NOT NULL,
            changed BIGINT NOT NULL,
            observed BIGINT NOT NULL,
            owner VARCHAR NOT NULL,
            labels VARCHAR NOT NULL,
            cells VARCHAR NOT NULL,
            digest BIGINT NOT NULL
          )""",
          "CREATE UNIQUE INDEX resource_key ON resource (identity, kind, namespace, name)",
          "CREATE INDEX resource_owner ON resource (identity, owner)",
          "CREATE TABLE body (id BIGINT PRIMARY KEY, details VARCHAR NOT NULL, object VARCHAR NOT NULL)",
          """
          CREATE TABLE seen (
            identity VARCHAR NOT NULL,
            kind VARCHAR NOT NULL,
            namespace VARCHAR NOT NULL,
            at BIGINT NOT NULL,
            PRIMARY KEY (identity, kind, namespace)
          )""");

  private Schema() {}

  /**
   * A hash of everything that a row's meaning depends on, and of what the application adds (its
   * version).
   */
  static String stamp(String extra) {
    String text =
        String.join(";", DDL)
            + Arrays.toString(State.values())
            + org.h2.engine.Constants.FULL_VERSION
            + extra;
    return HexFormat.of().formatHex(sha256(text));
  }

  /** Tells one body from another without reading it. */
  static long digest(Row row) {
    return ByteBuffer.wrap(sha256(row.details() + "\n" + row.object())).getLong();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
