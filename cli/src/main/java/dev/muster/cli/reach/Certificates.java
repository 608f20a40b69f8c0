package dev.muster.cli.reach;

import dev.muster.cli.Noun;
import dev.muster.cli.Session;
import dev.muster.v1.ClientCertificate;
import dev.muster.v1.ReachGrpc;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A user's certificates for Ray clusters, as they are shown. */
final class Certificates {
  private Certificates() {}

  static ReachGrpc.ReachBlockingStub daemon(Session session) {
    return ReachGrpc.newBlockingStub(session.channel())
        .withDeadlineAfter(Noun.DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** When it ends, in UTC to the second; "-" if nobody can tell. */
  static String ends(ClientCertificate certificate) {
    return certificate.getEndsMs() == 0
        ? "-"
        : Instant.ofEpochMilli(certificate.getEndsMs()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String state(ClientCertificate certificate) {
    return certificate.getEndsMs() == 0
        ? "unreadable"
        : certificate.getExpired() ? "expired" : "valid";
  }

  static Map<String, Object> record(ClientCertificate certificate) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("cluster", certificate.getCluster());
    record.put("namespace", certificate.getNamespace());
    record.put("state", state(certificate));
    record.put("expires", certificate.getEndsMs() == 0 ? null : ends(certificate));
    record.put("directory", certificate.getDirectory());
    return record;
  }
}
