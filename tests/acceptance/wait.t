`wait` ends when it happens, and its exit code says what happened.

  $ . "$TESTDIR/setup"
  $ server_up

Something absent is not waited for, unless it may still come; for its deletion there is nothing to wait:

  $ muster wait raycluster nobody
  [3]
  $ muster wait raycluster nobody --exists-within 1s
  [3]
  $ muster wait raycluster nobody --for deleted

  $ muster wait raycluster late --exists-within 30s --timeout 2m >late.out 2>&1 & waiting=$!
  $ muster create raycluster late --workers 1
  raycluster/late created
  $ wait $waiting; echo $?
  0

It is there already: at once.

  $ muster wait raycluster late --for READY --timeout 1s | tail -1

The time can run out, and the cluster goes on:

  $ muster wait raycluster late --for deleted --timeout 1s
  [5]
  $ muster status raycluster late -o jsonpath='{.state}'
  READY

Ctrl-C ends the waiting, never the cluster:

  $ timeout -s INT --preserve-status 3 muster wait raycluster late --for SUSPENDED 2>interrupted; echo $?
  130
  $ tail -1 interrupted
  $ muster status raycluster late -o jsonpath='{.state}'
  READY

Deletion by somebody else ends a wait for readiness:

  $ muster wait raycluster late --for SUSPENDED >gone.out 2>gone.err & waiting=$!
  $ sleep 1; muster delete raycluster late >/dev/null; wait $waiting; echo $?
  3
  $ muster wait raycluster late --for deleted --timeout 1m; echo $?
  0

Bad goals and durations:

  $ muster wait raycluster late --for nonsense
  [2]
  $ muster wait raycluster late --timeout soon
  [2]
