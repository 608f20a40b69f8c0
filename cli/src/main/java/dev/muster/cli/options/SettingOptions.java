package dev.muster.cli.options;

import dev.muster.v1.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** A table of options that become settings, in the order of the help. */
public final class SettingOptions {
  private final List<SettingOption> options;

  SettingOptions(List<SettingOption> options) {
    this.options = List.copyOf(options);
  }

  /** Both tables, one behind the other. */
  SettingOptions and(SettingOptions more) {
    List<SettingOption> all = new ArrayList<>(options);
    all.addAll(more.options);
    return new SettingOptions(all);
  }

  /**
   * The options, to be added to a command as a mixin: a table needs no fields and no reflection.
   */
  public CommandSpec mixin() {
    CommandSpec mixin = CommandSpec.create();
    options.forEach(option -> mixin.addOption(option.spec()));
    return mixin;
  }

  /**
   * What was typed, by canonical name, in the order of the help: the same request each time. An
   * option that sets two leaves alone what has one of its own.
   */
  public List<Setting> settings(ParseResult typed) {
    Map<String, Setting.Builder> settings = new LinkedHashMap<>();
    List<SettingOption> wide = new ArrayList<>();
    for (SettingOption option : options) {
      List<String> values = option.values(typed);
      if (option.sets().size() > 1) {
        wide.add(option);
      } else if (!values.isEmpty()) {
        add(settings, option.sets().getFirst(), values);
      }
    }
    for (SettingOption option : wide) {
      List<String> values = option.values(typed);
      for (String name : option.sets()) {
        if (!values.isEmpty() && !settings.containsKey(name)) {
          add(settings, name, values);
        }
      }
    }
    return settings.values().stream().map(Setting.Builder::build).toList();
  }

  private static void add(Map<String, Setting.Builder> settings, String name, List<String> values) {
    settings.put(name, Setting.newBuilder().setName(name).addAllValues(values));
  }
}
