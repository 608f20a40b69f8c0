package dev.muster.daemon.ray.workdir;

import java.io.IOException;

/** What a package's entries are handed to, one after the other. */
interface PackageSink {
  PackageSink NOTHING =
      new PackageSink() {
        @Override
        public void begin(PackageEntry entry) {}

        @Override
        public void bytes(byte[] buffer, int length) {}

        @Override
        public void end() {}
      };

  void begin(PackageEntry entry) throws IOException;

  /** The next of its content, at the buffer's beginning. */
  void bytes(byte[] buffer, int length) throws IOException;

  void end() throws IOException;
}
