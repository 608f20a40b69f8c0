package dev.muster.daemon.sandbox.ray;

import java.util.Locale;

/**
 * The tracebacks that Ray 2.60 answers with, as recorded from one; those for a body that is no JSON
 * and for a package that is too large are put together from its sources.
 */
final class Tracebacks {

  private static final String BAD_PROTOCOL =
      """
      Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/_common/runtime_env_uri.py", line 96, in parse_uri
          protocol = Protocol(uri.scheme)
                     ^^^^^^^^^^^^^^^^^^^^
        File "PYTHON/lib/python3.11/enum.py", line 712, in __call__
          return cls.__new__(cls, value)
                 ^^^^^^^^^^^^^^^^^^^^^^^
        File "PYTHON/lib/python3.11/enum.py", line 1135, in __new__
          raise ve_exc
      ValueError: 'PROTOCOL' is not a valid Protocol

      During handling of the above exception, another exception occurred:

      Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_head.py", line 394, in upload_package
          await get_or_create_event_loop().run_in_executor(
        File "PYTHON/lib/python3.11/concurrent/futures/thread.py", line 58, in run
          result = self.fn(*self.args, **self.kwargs)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/_private/runtime_env/packaging.py", line 693, in upload_package_to_gcs
          protocol, pkg_name = _parse_uri(pkg_uri)
                               ^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/_common/runtime_env_uri.py", line 98, in parse_uri
          raise ValueError(
      ValueError: Invalid protocol for runtime_env URI "URI". Supported protocols: ['GCS', 'CONDA', 'PIP', 'UV', 'HTTP', 'HTTPS', 'S3', 'GS', 'AZURE', 'ABFSS', 'FILE', 'LOCAL']. Original error: 'PROTOCOL' is not a valid Protocol
      """;

  private static final String DUPLICATE =
      """
      Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_head.py", line 419, in submit_job
          resp = await job_agent_client.submit_job_internal(submit_request)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_head.py", line 148, in submit_job_internal
          await self._raise_error(resp)
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_head.py", line 134, in _raise_error
          raise RuntimeError(f"Request failed with status code {status}: {error_text}.")
      RuntimeError: Request failed with status code 400: Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_agent.py", line 45, in submit_job
          submission_id = await self.get_job_manager().submit_job(
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_manager.py", line 553, in submit_job
          raise ValueError(
      ValueError: Job with submission_id ID already exists. Please use a different submission_id.
      .
      """;

  private static final String CALL =
      """
      Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/utils.py", line 128, in parse_and_validate_request
          return validate_request_type(json_data, request_type)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/common.py", line 445, in validate_request_type
          return request_type(**json_data)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^
      TypeError: JobSubmitRequest.__init__() MESSAGE
      """;

  private static final String TYPE =
      """
      Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/utils.py", line 128, in parse_and_validate_request
          return validate_request_type(json_data, request_type)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/common.py", line 445, in validate_request_type
          return request_type(**json_data)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^
        File "<string>", line 13, in __init__
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/common.py", line 483, in __post_init__
          RAISE
      TypeError: MESSAGE
      """;

  private static final String NO_JSON =
      """
      Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/utils.py", line 127, in parse_and_validate_request
          json_data = await req.json()
                      ^^^^^^^^^^^^^^^^
        File "PYTHON/lib/python3.11/json/decoder.py", line 355, in raw_decode
          raise JSONDecodeError("Expecting value", s, err.value) from None
      json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)
      """;

  private static final String DELETE_RUNNING =
      """
      Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_head.py", line 500, in delete_job
          resp = await job_agent_client.delete_job_internal(job.submission_id)
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_head.py", line 174, in delete_job_internal
          await self._raise_error(resp)
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_head.py", line 134, in _raise_error
          raise RuntimeError(f"Request failed with status code {status}: {error_text}.")
      RuntimeError: Request failed with status code 500: Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_agent.py", line 129, in delete_job
          deleted = await self.get_job_manager().delete_job(job.submission_id)
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_manager.py", line 655, in delete_job
          raise RuntimeError(
      RuntimeError: Attempted to delete job 'ID', but it is in a non-terminal state STATUS.
      .
      """;

  private static final String BAD_ENV =
      """
      runtime_env setup failed: Failed to set up runtime environment.
      Could not create the actor because its associated runtime env failed to be created.
      [Node 127.0.0.1] Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/_private/runtime_env/agent/runtime_env_agent.py", line 561, in _create_runtime_env_with_retry
          runtime_env_context = await asyncio.wait_for(
                                ^^^^^^^^^^^^^^^^^^^^^^^
        File "PYTHON/lib/python3.11/asyncio/tasks.py", line 489, in wait_for
          return fut.result()
                 ^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/_private/runtime_env/agent/runtime_env_agent.py", line 499, in _setup_runtime_env
          await create_for_plugin_if_needed(
        File "VENV/lib/python3.11/site-packages/ray/_private/runtime_env/plugin.py", line 255, in create_for_plugin_if_needed
          size_bytes = await plugin.create(uri, runtime_env, context, logger=logger)
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/_private/runtime_env/working_dir.py", line 260, in create
          local_dir = await download_and_unpack_package(
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/_private/runtime_env/packaging.py", line 957, in download_and_unpack_package
          raise IOError(
      OSError: Failed to download runtime_env file package URI from the GCS to the Ray worker node. The package may have prematurely been deleted from the GCS due to a long upload time or a problem with Ray. Try setting the environment variable RAY_RUNTIME_ENV_TEMPORARY_REFERENCE_EXPIRATION_S  to a value larger than the upload time in seconds (the default is 600). If this fails, try re-running after making any change to a file in the file package.
      """;

  private static final String TOO_LARGE =
      """
      Traceback (most recent call last):
        File "VENV/lib/python3.11/site-packages/ray/dashboard/modules/job/job_head.py", line 394, in upload_package
          await get_or_create_event_loop().run_in_executor(
        File "PYTHON/lib/python3.11/concurrent/futures/thread.py", line 58, in run
          result = self.fn(*self.args, **self.kwargs)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        File "VENV/lib/python3.11/site-packages/ray/_private/runtime_env/packaging.py", line 696, in upload_package_to_gcs
          _store_package_in_gcs(pkg_uri, pkg_bytes)
        File "VENV/lib/python3.11/site-packages/ray/_private/runtime_env/packaging.py", line 420, in _store_package_in_gcs
          raise ValueError(
      ValueError: Package size (SIZE) exceeds the maximum size of LIMIT. You can exclude large files using the 'excludes' option to the runtime_env, provide a remote URI of a zip file using protocols such as 's3://', 'https://' and so on, refer to https://docs.ray.io/en/latest/ray-core/handling-dependencies.html#api-reference.
      """;

  private Tracebacks() {}

  private static String fill(String template) {
    return template
        .replace("VENV/", "/home/ray/anaconda3/")
        .replace("PYTHON/", "/home/ray/anaconda3/");
  }

  static String badProtocol(String protocol, String name) {
    return fill(BAD_PROTOCOL)
        .replace("URI \"URI", "URI \"%s://%s".formatted(protocol, name))
        .replace("PROTOCOL", protocol);
  }

  static String duplicate(String id) {
    return fill(DUPLICATE).replace("submission_id ID ", "submission_id " + id + " ");
  }

  /** The request's fields are not those of the constructor. */
  static String call(String problem) {
    return fill(CALL).replace("MESSAGE", problem);
  }

  /**
   * A field has the wrong type.
   *
   * @param rule what it must be
   * @param value the Python expression of the field
   * @param type Python's name of the type that it has
   */
  static String type(String rule, String value, String type) {
    return fill(TYPE)
        .replace("RAISE", "raise TypeError(f\"%s, got {type(%s)}\")".formatted(rule, value))
        .replace("MESSAGE", "%s, got <class '%s'>".formatted(rule, type));
  }

  static String noJson() {
    return fill(NO_JSON);
  }

  static String deleteRunning(String id, String status) {
    return fill(DELETE_RUNNING).replace("'ID'", "'" + id + "'").replace("STATUS", status);
  }

  /** The message of a job whose package is not there. */
  static String badEnv(String uri) {
    return fill(BAD_ENV).replace("package URI from", "package " + uri + " from");
  }

  static String tooLarge(long size, long limit) {
    return fill(TOO_LARGE).replace("SIZE", mib(size)).replace("LIMIT", mib(limit));
  }

  private static String mib(long bytes) {
    return String.format(Locale.ROOT, "%.2fMiB", bytes / 1024.0 / 1024.0);
  }
}
