package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.v1.WaitUpdate.Outcome;
import io.grpc.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
  @ParameterizedTest
  @CsvSource({
    "OK, 0",
    "INVALID_ARGUMENT, 2",
    "NOT_FOUND, 3",
    "UNAUTHENTICATED, 4",
    "PERMISSION_DENIED, 4",
    "UNAVAILABLE, 6",
    "DEADLINE_EXCEEDED, 6",
    "ALREADY_EXISTS, 1",
    "FAILED_PRECONDITION, 1",
    "ABORTED, 1",
    "INTERNAL, 1",
    "UNKNOWN, 1",
    "CANCELLED, 130"
  })
  void a_refused_call_has_an_exit_code(Status.Code code, int number) {
    assertThat(ExitCode.of(code).number()).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "REACHED, 0",
    "FAILED, 1",
    "REPLACED, 1",
    "GONE, 3",
    "TIMED_OUT, 5",
    "UNRECOGNIZED, 1"
  })
  void the_end_of_a_wait_has_an_exit_code(Outcome outcome, int number) {
    assertThat(ExitCode.of(outcome).number()).isEqualTo(number);
  }
}
