Jobs on a real Ray, reached through a real API server by a port-forward. Skipped unless `tests/realservers/ray up 16265` has started it.

  $ . "$TESTDIR/setup"
  $ only_on real
  $ curl -sf --noproxy '*' http://127.0.0.1:16265/api/version | grep -q '"ray_version": "2.60.0"' || exit 80
  $ server_up
  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1
  $ mkdir -p app/deep && echo seven >app/deep/data.txt
  $ cat >app/main.py <<'P'
  > import os, time
  > print("hello from", open("deep/data.txt").read().strip(), os.environ["WHO"])
  > for i in range(3):
  >     print("line", i, flush=True)
  >     time.sleep(0.3)
  > P
Ray keeps the log of an id beyond its deletion, and adds to it: so this run's id is its own.

  $ id=real-train-${NS#acceptance-}
  $ muster submit job $id --cluster-name demo -w app --env WHO=you -- python main.py 2>/dev/null
  job/demo/real-train-* submitted (glob)
  $ muster list job -o name | grep real
  job/demo/real-train-* (glob)
  $ muster logs job $id -f 2>progress | grep -v INFO
  Running entrypoint for job real-train-*: python main.py (glob)
  hello from seven you
  line 0
  line 1
  line 2
  $ cat progress
  job/demo/real-train-* SUCCEEDED (glob)
  $ muster wait job $id 2>/dev/null
  job/real-train-* SUCCEEDED (glob)
  $ muster status job $id | grep native
  native	SUCCEEDED (esc)

Its exit code is the job's, and one that runs is stopped:

  $ code muster submit job real-bad --cluster-name demo --wait -- 'echo oops; exit 3' 2>&1 | tail -2
  muster: job demo/real-bad did not succeed: FAILED: * (glob)
  exit 1
  $ muster submit job real-long --cluster-name demo -- sleep 600 2>/dev/null
  job/demo/real-long submitted
  $ eventually sh -c 'muster status job real-long | grep -q RUNNING'
  $ muster stop job real-long >/dev/null 2>&1; code muster wait job real-long 2>&1 | tail -2
  muster: job real-long did not succeed: STOPPED: Job was intentionally stopped.
  exit 1
  $ code muster submit job real-long --cluster-name demo -- true 2>&1 | tail -2
  muster: There is a job real-long on the cluster demo already (STOPPED).
  exit 1

A program of one's own reaches the dashboard too:

  $ muster dashboard raycluster demo --no-browser >url 2>words & forwarding=$!
  $ eventually test -s url
  $ curl -sf --noproxy '*' "$(cat url)/api/version" | jq -r .ray_version
  2.60.0
  $ grep -o 'a port-forward to the head pod' words
  a port-forward to the head pod
  $ kill $forwarding; wait $forwarding; echo $?
  143

Nothing stays on that Ray, which others share:

  $ for id in $id real-bad real-long; do muster delete job $id; done
  job/real-train-* deleted (glob)
  job/real-bad deleted
  job/real-long deleted
  $ muster list job --no-headers -o name | grep -c real
  0
  [1]
