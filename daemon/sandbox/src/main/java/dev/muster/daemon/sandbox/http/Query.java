package dev.muster.daemon.sandbox.http;

import dev.muster.daemon.sandbox.api.Failures;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Decodes paths and queries. */
final class Query {

  private Query() {}

  static Map<String, String> parse(String query) {
    Map<String, String> result = new TreeMap<>();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      result.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return result;
  }

  static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Failures.badRequest("invalid URL escape \"%s\"".formatted(text));
    }
  }
}
