package dev.muster.daemon.core;

/**
 * The one vocabulary of states for people and scripts; the system's own word is always kept beside
 * it.
 */
public enum State {
  QUEUED,
  STARTING,
  READY,
  RUNNING,
  SUSPENDING,
  SUSPENDED,
  SUCCEEDED,
  FAILED,
  STOPPED,
  TERMINATING,
  UNKNOWN
}
