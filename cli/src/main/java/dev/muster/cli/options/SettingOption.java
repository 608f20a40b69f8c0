package dev.muster.cli.options;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * An option whose value goes to the daemon as it was typed, as one setting or as two.
 *
 * @param names without the two hyphens, the canonical one first; a short one with its hyphen
 * @param sets canonical names of the settings
 * @param label of its value; empty for a flag
 * @param negates whether the flag says the opposite of what it sets
 */
record SettingOption(
    List<String> names, List<String> sets, String label, String description, boolean negates) {

  static SettingOption field(String label, String description, String... names) {
    return new SettingOption(List.of(names), List.of(names[0]), label, description, false);
  }

  /** One that is true when it has no value. */
  static SettingOption flag(String description, String... names) {
    return field("", description, names);
  }

  /** The other way round than another. */
  static SettingOption negation(String description, String name, String of) {
    return new SettingOption(List.of(name), List.of(of), "", description, true);
  }

  /** What is asked for, and the most that there may be, in one. */
  static SettingOption both(String name) {
    return new SettingOption(
        List.of(name),
        List.of(name + "-requests", name + "-limits"),
        "QUANTITY",
        "Both --%s-requests and --%s-limits.".formatted(name, name),
        false);
  }

  /** The canonical one. */
  String name() {
    return names.getFirst();
  }

  private boolean isFlag() {
    return label.isEmpty();
  }

  OptionSpec spec() {
    OptionSpec.Builder option =
        OptionSpec.builder(
                names.stream()
                    .map(SettingOption::typed)
                    .sorted(Comparator.comparing(name -> name.startsWith("--"))) // short ones first
                    .toArray(String[]::new))
            .description(description);
    return isFlag()
        ? option
            .paramLabel("[true|false]")
            .arity("0..1")
            .type(Boolean.class)
            .fallbackValue("true")
            .build()
        : option.paramLabel(label).arity("1").type(List.class).auxiliaryTypes(String.class).build();
  }

  private static String typed(String name) {
    return name.startsWith("-") ? name : "--" + name;
  }

  /** Its values for the settings; empty if it was not typed. */
  List<String> values(ParseResult typed) {
    String option = "--" + name();
    if (!typed.hasMatchedOption(option)) {
      return List.of();
    }
    if (isFlag()) {
      boolean on = typed.matchedOptionValue(option, true);
      return List.of(Boolean.toString(on != negates));
    }
    return typed.matchedOption(option).originalStringValues();
  }
}
