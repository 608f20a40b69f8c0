package dev.muster.daemon.kubernetes.contexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.daemon.core.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
  private static String found(String server, Map<String, String> environment) {
    return Proxies.of("", "", server, environment);
  }

  private static String configured(String url) {
    return Proxies.of(url, "the cluster c in F", "https://10.0.0.1", Map.of());
  }

  @Test
  void proxies_are_found_as_curl_finds_them() {
    Map<String, String> set =
        Map.of("https_proxy", "proxy:3128", "NO_PROXY", "example.org, .internal,10.0.0.1");

    assertThat(found("https://k8s.example.com:6443", set)).isEqualTo("http://proxy:3128");
    assertThat(found("https://a.example.org", set)).isEmpty();
    assertThat(found("https://x.internal", set)).isEmpty();
    assertThat(found("https://10.0.0.1:6443", set)).isEmpty();
    assertThat(found("https://127.0.0.1:6443", set)).isEmpty();
    assertThat(found("http://k8s.example.com", set)).isEmpty();
    assertThat(Proxies.of("http://own:1", "the cluster c", "https://10.0.0.1", set))
        .isEqualTo("http://own:1");
    assertThat(found("https://a", Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", "*"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://proxy, http://proxy:80",
    "HTTP://proxy/, http://proxy:80",
    "http://proxy:3128, http://proxy:3128",
    "http://[::1], http://[::1]:80",
    "http://u:p@proxy, http://u:p@proxy:80"
  })
  void a_proxy_without_a_port_has_the_one_that_kubectl_takes(String url, String used) {
    assertThat(configured(url)).isEqualTo(used);
  }

  @ParameterizedTest
  @CsvSource({
    "socks5://u:canary@proxy:1080, 'is of the kind socks5, which muster cannot use'",
    "https://u:canary@proxy, 'is of the kind https, which muster cannot use'",
    "canary:3128, is not a URL",
    "http://u:canary@, names no host",
    "http://u canary, is not a URL"
  })
  void what_is_no_http_proxy_is_refused_without_its_password(String url, String why) {
    assertThatThrownBy(() -> configured(url))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "The proxy-url of the cluster c in F "
                + why
                + ": give an HTTP proxy, as in http://proxy.example.org:3128.");
  }

  @Test
  void a_variable_of_the_environment_is_named_when_it_is_refused() {
    assertThatThrownBy(() -> found("https://a", Map.of("HTTPS_PROXY", "socks5://p:1")))
        .hasMessageStartingWith("The environment's HTTPS_PROXY is of the kind socks5");
  }
}
