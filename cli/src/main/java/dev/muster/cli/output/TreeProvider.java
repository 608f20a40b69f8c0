package dev.muster.cli.output;

import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * Lets json-path walk our own maps and lists, so that no JSON library with reflection is needed.
 */
final class TreeProvider extends AbstractJsonProvider {
  @Override
  public Object parse(String json) {
    return Json.parse(json);
  }

  @Override
  public Object parse(InputStream json, String charset) {
    throw new UnsupportedOperationException("only trees are read");
  }

  @Override
  public String toJson(Object tree) {
    return Json.compact(tree);
  }

  @Override
  public Object createArray() {
    return new ArrayList<Object>();
  }

  @Override
  public Object createMap() {
    return new LinkedHashMap<String, Object>();
  }
}
