package dev.muster.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.daemon.sandbox.Sandbox;
import dev.muster.daemon.sandbox.SandboxOptions;
import dev.muster.v1.AccessGrpc;
import dev.muster.v1.ListContextsRequest;
import dev.muster.v1.LoginReply;
import dev.muster.v1.LoginRequest;
import dev.muster.v1.LogoutReply;
import dev.muster.v1.LogoutRequest;
import dev.muster.v1.UseContextRequest;
import dev.muster.v1.WhoAmIReply;
import dev.muster.v1.WhoAmIRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessServiceTest {
  @TempDir Path directory;

  private static String token(Path kubeconfig) throws IOException {
    return Files.readString(kubeconfig)
        .lines()
        .filter(line -> line.contains("token:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void one_signs_in_and_out_over_the_socket() throws IOException {
    Path kubeconfig = directory.resolve("kubeconfig");
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.fast(directory.resolve("sandbox")));
        RunningDaemon daemon = RunningDaemon.start(directory, kubeconfig)) {
      AccessGrpc.AccessBlockingStub access =
          AccessGrpc.newBlockingStub(daemon.client().channel())
              .withDeadlineAfter(60, TimeUnit.SECONDS);
      LoginRequest.Builder login =
          LoginRequest.newBuilder()
              .setCaller(daemon.client().caller())
              .setServer(sandbox.url())
              .setInsecureSkipTlsVerify(true);

      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> access.login(login.setToken("wrong").build()));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(kubeconfig).doesNotExist();

      LoginReply done = access.login(login.setToken(token(sandbox.kubeconfig("alice"))).build());
      assertThat(done.getUser()).isEqualTo("alice");
      assertThat(done.getServer()).isEqualTo(sandbox.url());
      assertThat(done.getFile()).isEqualTo(kubeconfig.toString());
      assertThat(done.getWarningsList()).hasSize(1);

      WhoAmIReply who =
          access.whoAmI(WhoAmIRequest.newBuilder().setCaller(daemon.client().caller()).build());
      assertThat(who.getUser()).isEqualTo("alice");
      assertThat(who.getContext()).isEqualTo(done.getContext());
      assertThat(who.getExpiresAtMs()).isZero();

      assertThat(
              access
                  .useContext(
                      UseContextRequest.newBuilder()
                          .setCaller(daemon.client().caller())
                          .setName(done.getContext())
                          .build())
                  .getContext()
                  .getCurrent())
          .isTrue();

      LogoutReply out =
          access.logout(LogoutRequest.newBuilder().setCaller(daemon.client().caller()).build());
      assertThat(out.getLoggedIn()).isTrue();
      assertThat(out.getServer()).isEqualTo(sandbox.url());
      assertThat(
              access
                  .listContexts(
                      ListContextsRequest.newBuilder().setCaller(daemon.client().caller()).build())
                  .getContextsList())
          .isEmpty();
      assertThat(
              access
                  .logout(LogoutRequest.newBuilder().setCaller(daemon.client().caller()).build())
                  .getLoggedIn())
          .isFalse();
    }
  }
}
