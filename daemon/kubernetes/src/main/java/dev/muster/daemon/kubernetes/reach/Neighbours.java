package dev.muster.daemon.kubernetes.reach;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who connected to a port of 127.0.0.1: this user or another one of the machine. Linux tells by its
 * tables of connections ({@code tcp} and {@code tcp6} below /proc/self/net, see proc_net_tcp(5));
 * where there are none, nobody can tell.
 *
 * @param tables the directory of those tables
 * @param user the number of this user
 */
record Neighbours(Path tables, long user) {
  /** 127.0.0.1 in the byte order of the tables; in tcp6 it is the end of a longer address. */
  private static final String LOOPBACK = "0100007F:%04X";

  /** Of this machine. */
  static Neighbours here() {
    Path self = Path.of("/proc/self");
    long user;
    try {
      user = ((Number) Files.getAttribute(self, "unix:uid")).longValue();
    } catch (IOException | UnsupportedOperationException e) {
      // There are no tables either, so nobody is compared with it.
      user = -1;
    }
    return new Neighbours(self.resolve("net"), user);
  }

  /** Whether it is known that another user is at the other end. */
  boolean isAnother(Socket near) {
    String theirs = LOOPBACK.formatted(near.getPort());
    String ours = LOOPBACK.formatted(near.getLocalPort());
    boolean told = false;
    for (String table : List.of("tcp", "tcp6")) {
      try (Stream<String> lines = Files.lines(tables.resolve(table))) {
        told = true;
        if (lines.anyMatch(line -> isOwn(line.strip().split("\\s+"), theirs, ours))) {
          return false;
        }
      } catch (IOException e) {
        continue;
      }
    }
    return told;
  }

  /** Number, local address, remote address, state, queues, timer, retransmissions, user. */
  private boolean isOwn(String[] columns, String theirs, String ours) {
    return columns.length > 7
        && columns[1].endsWith(theirs)
        && columns[2].endsWith(ours)
        && columns[7].equals(Long.toString(user));
  }
}
