package dev.muster.daemon.sandbox.ray;

import java.nio.file.Path;

/**
 * A request to the dashboard.
 *
 * @param path without the query
 * @param token the value of the header that carries it, empty without one
 * @param upgrade asks for a web socket
 * @param body a file with the body
 */
record Request(String method, String path, String token, boolean upgrade, Path body) {}
