A quota that fills up: what waits says why, for whom, and goes on by itself.

  $ . "$TESTDIR/setup"
  $ server_up
  $ queue_up
  $ muster list localqueue -o name
  localqueue/team-a

A queue that is not there is refused before anything is sent:

  $ code muster create raycluster first --local-queue taem-a
  muster: --local-queue: there is no LocalQueue "taem-a" in the context's namespace; did you mean team-a?
  exit 2

The first one has room, the second one has not:

  $ BIG='--appwrapper --local-queue team-a --workers 1 --head-cpu-requests 6 --head-cpu-limits 6 --worker-cpu-requests 4 --worker-cpu-limits 4'
  $ muster create raycluster first $BIG >/dev/null 2>&1
  $ muster wait raycluster first --timeout 2m 2>/dev/null
  raycluster.ray.io/first READY
  $ muster create raycluster second $BIG >/dev/null 2>&1
  $ muster wait raycluster second --for QUEUED --timeout 1m 2>/dev/null
  raycluster.ray.io/second QUEUED
  $ says() { muster explain raycluster second | head -1 | grep -q "$1"; }
  $ eventually says 'needs .* CPUs more than team-a has left'
  $ muster explain raycluster second | head -1
  RayCluster second is QUEUED: needs 4 CPUs more than team-a has left.
  $ muster list queued --no-headers | cut -f 1
  second
  $ muster list raycluster --no-headers | cut -f 1,3
  first	READY (esc)
  second	QUEUED (esc)

When there is room again it starts, and its history has all of it:

  $ muster delete raycluster first -y --wait --timeout 2m >/dev/null 2>&1
  $ muster wait raycluster second --timeout 2m 2>/dev/null
  raycluster.ray.io/second READY
  $ muster history raycluster second -o json | jq -r '.items[].to' | uniq | grep -x -e QUEUED -e READY
  QUEUED
  READY
  $ muster delete raycluster second -y --wait --timeout 2m >/dev/null 2>&1

The namespace's default queue is taken by those that name none:

  $ queue_is_default
  $ labelled() { muster define raycluster third --force >/dev/null 2>&1 && grep -q 'queue-name: team-a' third.yaml; }
  $ eventually labelled
  $ muster define raycluster third --local-queue '' --force >/dev/null 2>&1
  $ grep -c queue-name third.yaml
  0
  [1]
