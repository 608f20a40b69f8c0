`wait` ends when it happens, and its exit code says what happened.

  $ . "$TESTDIR/setup"
  $ server_up

Something absent is not waited for, unless it may still come; for its deletion there is nothing to wait:

  $ muster wait raycluster nobody
  muster: there is no raycluster nobody* (glob)
  [3]
  $ muster wait raycluster nobody --exists-within 1s
  nobody: waiting for raycluster nobody in namespace * to appear (glob)
  muster: there is no raycluster nobody* (glob)
  [3]
  $ muster wait raycluster nobody --for deleted
  raycluster.ray.io/nobody deleted

  $ muster wait raycluster late --exists-within 30s --timeout 2m >late.out 2>&1 & waiting=$!
  $ muster create raycluster late --workers 1 --no-appwrapper
  raycluster.ray.io/late created
  next: muster wait raycluster late
  $ wait $waiting; echo $?
  0

It is there already: at once.

  $ muster wait raycluster late --for READY --timeout 20s 2>/dev/null
  raycluster.ray.io/late READY

The time can run out, and the cluster goes on:

  $ muster wait raycluster late --for deleted --timeout 1s
  late: READY
  muster: raycluster late is not deleted after 1s: READY
  [5]
  $ muster status raycluster late -o jsonpath='{.state}{"\n"}'
  READY

Ctrl-C ends the waiting, never the cluster:

  $ env --default-signal=INT muster wait raycluster late --for SUSPENDED 2>interrupted & waiting=$!
  $ eventually grep -q READY interrupted
  $ kill -INT $waiting; wait $waiting; echo $?
  130
  $ cat interrupted
  late: READY
  stopped waiting, and nothing else; wait again with: muster wait raycluster late --for SUSPENDED
  $ muster status raycluster late -o jsonpath='{.state}{"\n"}'
  READY

Deletion by somebody else ends a wait for readiness:

  $ muster wait raycluster late --for SUSPENDED >gone.out 2>gone.err & waiting=$!
  $ sleep 1; muster delete raycluster late >/dev/null 2>&1; wait $waiting; echo $?
  3
  $ muster wait raycluster late --for deleted --timeout 1m 2>/dev/null
  raycluster.ray.io/late deleted

The daemon is killed in the middle: it goes on at the next one, for the same cluster and the same time.

  $ muster create raycluster late --workers 1 --no-appwrapper --wait >/dev/null 2>&1
  $ (muster wait raycluster late --for SUSPENDED 2>killed; echo $?) >ended & waiting=$!
  $ eventually grep -q READY killed
  $ daemon_killed
  $ eventually grep -q 'going on' killed
  $ daemon_killed
  $ eventually sh -c 'test $(grep -c "going on" killed) = 2'
  $ muster suspend raycluster late >/dev/null
  $ wait $waiting; cat ended
  raycluster.ray.io/late SUSPENDED
  0
  $ grep -v '^late: ' killed
  note: the daemon was restarted; going on
  note: the daemon was restarted; going on
  $ code muster wait raycluster late --for ready --timeout 12s 2>slow >slow.out & waiting=$!
  $ eventually grep -q SUSPENDED slow
  $ daemon_killed
  $ wait $waiting; cat slow.out
  exit 5
  $ grep -v '^late: ' slow
  note: the daemon was restarted; going on
  muster: raycluster late is not ready after 12s: SUSPENDED* (glob)

What is made anew while there is no daemon is not what was waited for:

  $ (muster wait raycluster late --for ready 2>anew; echo $?) >ended & waiting=$!
  $ eventually grep -q SUSPENDED anew
  $ kill -STOP $waiting $(pgrep -P $waiting) && daemon_killed
  $ muster delete raycluster late --wait >/dev/null 2>&1; muster create raycluster late --workers 1 --no-appwrapper >/dev/null 2>&1
  $ kill -CONT $(pgrep -P $waiting) $waiting; wait $waiting; cat ended
  1
  $ tail -1 anew
  muster: raycluster late in namespace * was deleted and made anew by somebody else (glob)
  $ muster delete raycluster late --wait >/dev/null 2>&1

Bad goals and durations:

  $ muster wait raycluster late --for nonsense
  muster: --for 'nonsense' is no state (*) (glob)
  [2]
  $ muster wait raycluster late --timeout soon
  muster: --timeout 'soon' is not a duration; write it like 30s, 5m or 1h30m
  [2]
