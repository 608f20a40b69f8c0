package dev.muster.daemon.app.rpc;

import dev.muster.daemon.core.ClientCertificates.Kept;
import dev.muster.daemon.core.ClientCertificates.Ready;
import dev.muster.v1.CertificateReply;
import dev.muster.v1.ClientCertificate;
import dev.muster.v1.ListCertificatesReply;
import dev.muster.v1.Variable;
import java.util.List;

/** Certificates of clients as messages: where they are, and never what is in them. */
final class Certificates {
  private Certificates() {}

  static CertificateReply reply(Ready ready) {
    CertificateReply.Builder reply =
        CertificateReply.newBuilder().setCertificate(message(ready.kept())).setMade(ready.made());
    ready
        .environment()
        .forEach(
            (name, value) ->
                reply.addEnvironment(Variable.newBuilder().setName(name).setValue(value)));
    return reply.build();
  }

  static ListCertificatesReply reply(List<Kept> kept) {
    return ListCertificatesReply.newBuilder()
        .addAllCertificates(kept.stream().map(Certificates::message).toList())
        .build();
  }

  private static ClientCertificate message(Kept kept) {
    return ClientCertificate.newBuilder()
        .setCluster(kept.cluster())
        .setNamespace(kept.namespace())
        .setDirectory(kept.directory().toString())
        .setEndsMs(kept.ends() == null ? 0 : kept.ends().toEpochMilli())
        .setExpired(kept.expired())
        .build();
  }
}
