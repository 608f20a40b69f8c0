package dev.muster.daemon.kubernetes.contexts;

import dev.muster.daemon.core.Caller;
import dev.muster.daemon.core.Failure;
import dev.muster.daemon.core.SignIn;
import dev.muster.daemon.core.Source.ContextEntry;
import dev.muster.daemon.core.Target;
import dev.muster.daemon.kubernetes.contexts.LoginRecords.Chosen;
import dev.muster.daemon.kubernetes.contexts.LoginRecords.Made;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Signing in to API servers, by token or by another kubeconfig. */
public final class SignIns implements SignIn {
  private final Contexts contexts;
  private final Verifier verifier;
  private final Consumer<Access> signedOut;

  public SignIns(Contexts contexts, Verifier verifier, Consumer<Access> signedOut) {
    this.contexts = contexts;
    this.verifier = verifier;
    this.signedOut = signedOut;
  }

  @Override
  public LoggedIn login(Caller caller, Target target, Login login) {
    Optional<Path> path = login.configPath().map(typed -> contexts.path(caller, typed));
    boolean token = !login.token().isEmpty();
    if (!token && (!login.server().isEmpty() || path.isEmpty())) {
      throw new Failure(
          Failure.Kind.USAGE,
          "A login needs a token: --token, --token-file, or --token - for standard input.");
    }
    List<String> warnings = new ArrayList<>();
    Target asked = path.isEmpty() ? target : in(target, path.get());
    LoggedIn done =
        token ? TokenLogin.of(contexts, verifier, caller, asked, login) : choose(caller, asked);
    warnings.addAll(done.warnings());
    path.ifPresent(
        file -> {
          boolean usual = login.configPath().orElse("").isEmpty();
          LoginRecords.choose(caller, usual ? null : new Chosen(file, done.server()));
          if (!caller.environment().getOrDefault("KUBECONFIG", "").isEmpty()) {
            warnings.add("KUBECONFIG is set and goes before " + file + ".");
          }
        });
    return new LoggedIn(done.server(), done.user(), done.context(), done.file(), warnings);
  }

  private static Target in(Target target, Path file) {
    return new Target(
        file.toString(), target.context(), target.namespace(), target.allNamespaces());
  }

  private LoggedIn choose(Caller caller, Target target) {
    Access access = contexts.resolve(caller, target);
    Verifier.Identity identity = verifier.verify(access);
    return new LoggedIn(
        access.server(), identity.name(), access.context(), target.kubeconfig(), List.of());
  }

  @Override
  public Optional<LoggedOut> logout(Caller caller, Target target) {
    Optional<Made> made = made(caller, target);
    Optional<Chosen> chosen =
        target.context().isEmpty() ? LoginRecords.chosen(caller.environment()) : Optional.empty();
    Optional<Access> access =
        made.isPresent() || chosen.isPresent() ? access(caller, target, made) : Optional.empty();
    made.ifPresent(
        one -> {
          TokenLogout.undo(one);
          LoginRecords.remove(caller, one);
        });
    chosen.ifPresent(file -> LoginRecords.choose(caller, null));
    access.ifPresent(signedOut);
    return made.map(one -> new LoggedOut(one.server(), one.file()))
        .or(() -> chosen.map(file -> new LoggedOut(file.server(), file.file().toString())));
  }

  /** What a login gave; empty if that is gone or broken, and then nobody works with it. */
  private Optional<Access> access(Caller caller, Target target, Optional<Made> made) {
    Target of = made.map(one -> new Target(one.file(), one.context(), "", false)).orElse(target);
    try {
      return Optional.of(contexts.resolve(caller, of));
    } catch (Failure gone) {
      return Optional.empty();
    }
  }

  /** The login of the context that is used, or else the latest. */
  private Optional<Made> made(Caller caller, Target target) {
    List<Made> all = LoginRecords.all(caller);
    Optional<ContextEntry> used =
        known(caller, target).stream()
            .filter(
                entry ->
                    target.context().isEmpty()
                        ? entry.current()
                        : entry.name().equals(target.context()))
            .findFirst();
    Optional<Made> here =
        all.stream()
            .filter(
                one ->
                    used.isPresent()
                        && one.file().equals(used.get().file())
                        && one.context().equals(used.get().name()))
            .findFirst();
    return here.isPresent() || !target.context().isEmpty() || all.isEmpty()
        ? here
        : Optional.of(all.getLast());
  }

  /** A chosen file that is gone must not keep anybody from forgetting it. */
  private List<ContextEntry> known(Caller caller, Target target) {
    try {
      return contexts.list(caller, target);
    } catch (Failure gone) {
      return List.of();
    }
  }

  @Override
  public WhoAmI whoAmI(Caller caller, Target target) {
    Access access = contexts.resolve(caller, target);
    Verifier.Identity identity = verifier.verify(access);
    return new WhoAmI(
        identity.name(),
        identity.uid(),
        identity.groups(),
        access.server(),
        access.context(),
        access.namespace().isEmpty() ? "default" : access.namespace(),
        access.where(),
        Digests.expiry(access.login().token()).orElse(null));
  }

  @Override
  public ContextEntry use(Caller caller, Target target, String context) {
    ContextEntry wanted =
        contexts.list(caller, target).stream()
            .filter(entry -> entry.name().equals(context))
            .findFirst()
            .orElseThrow(() -> contexts.unknown(caller, target, context));
    if (Path.of(wanted.file()).equals(contexts.sandbox())) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The sandbox's context is in no kubeconfig of yours: use it with --context "
              + context
              + ".");
    }
    Path file = contexts.editable(caller, target);
    new KubeconfigFile(file)
        .change(text -> new KubeconfigText(text, file.toString()).current(context).text());
    return new ContextEntry(
        wanted.name(), wanted.server(), wanted.user(), wanted.namespace(), true, file.toString());
  }
}
