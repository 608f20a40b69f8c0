package dev.muster.daemon.sandbox.ray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.daemon.sandbox.process.Scratch;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A stand-in for the dashboard of a Ray cluster, so far as its job API goes: plain HTTP, with the
 * answers of Ray 2.60. What is submitted really runs: as a local process of the user, in a
 * directory of its own, on nothing but this machine. So it listens on a Unix socket: whoever can
 * connect to it is that user.
 */
public final class RayDashboard implements AutoCloseable {

  /** For all of them: each needs little. Its threads end with the process. */
  private static final EventLoopGroup LOOPS =
      new NioEventLoopGroup(2, new DefaultThreadFactory("sandbox-ray", true));

  private final Path directory;
  private final Path uploads;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Packages packages;
  private final Jobs jobs;
  private final UnixDomainSocketAddress address;
  private final Channel server;

  private RayDashboard(RayDashboardOptions options, UnixDomainSocketAddress at) throws IOException {
    address = at;
    directory = options.directory();
    uploads = Scratch.make(directory.resolve("uploads"));
    packages = new Packages(directory.resolve("packages"), options.packageLimit());
    jobs = new Jobs(options, packages, threads);
    Routes routes = new Routes(options, packages, jobs);
    server =
        new ServerBootstrap()
            .group(LOOPS)
            .channel(NioServerDomainSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpServerExpectContinueHandler(),
                            new Connection(routes, threads, uploads));
                  }
                })
            .bind(at)
            .syncUninterruptibly()
            .channel();
  }

  /**
   * Starts one.
   *
   * @param at where it listens, in a directory that nobody else can enter: whoever connects runs
   *     programs as this user
   * @throws IOException when its directory cannot be written
   */
  public static RayDashboard start(RayDashboardOptions options, UnixDomainSocketAddress at)
      throws IOException {
    return new RayDashboard(options, at);
  }

  /** Where it listens. */
  public UnixDomainSocketAddress address() {
    return address;
  }

  /**
   * Submits a job, as POST /api/jobs/ does.
   *
   * @param submission the body of such a request
   * @return the text of the refusal, empty when it was taken
   */
  public String submit(ObjectNode submission) {
    try {
      jobs.submit(Submission.of(submission));
      return "";
    } catch (RayError e) {
      return e.getMessage();
    }
  }

  /**
   * Keeps a package, as a PUT to /api/packages/gcs/NAME does, under a name of its own.
   *
   * @param zip the package
   * @return the URI that a runtime environment names it by
   */
  public String keep(byte[] zip) {
    String name = "_ray_pkg_" + Integer.toHexString(Arrays.hashCode(zip)) + ".zip";
    try {
      packages.put("gcs", name, Files.write(uploads.resolve(name), zip));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "gcs://" + name;
  }

  /** A job as GET /api/jobs/ID shows it. */
  public Optional<JsonNode> job(String id) {
    try {
      return Optional.of(jobs.get(id));
    } catch (RayError e) {
      return Optional.empty();
    }
  }

  /** Asks a job to end, if it is there and not over. */
  public void stop(String id) {
    if (job(id).isPresent()) {
      jobs.stop(id);
    }
  }

  /** Ends what still runs, cuts all connections and removes its directory. */
  @Override
  public void close() {
    server.close().syncUninterruptibly();
    connections.close().awaitUninterruptibly();
    threads.shutdownNow();
    boolean interrupted = false;
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    Scratch.remove(directory);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
