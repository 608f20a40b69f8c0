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

A session holds its ports open, and the log files of its pods are fetched:

  $ muster session raycluster demo >ports 2>words & session=$!
  $ eventually test -s ports
  $ curl -sf --noproxy '*' "$(sed -n 's/^dashboard: //p' ports)/api/version" | jq -r .ray_version
  2.60.0

A program of this machine is a client of that Ray through it, as ray.init makes it one:

  $ cat >client.py <<'P'
  > import sys, ray
  > ray.init(sys.argv[1], logging_level="error")
  > @ray.remote
  > def twice(n):
  >     return 2 * n
  > print(sum(ray.get([twice.remote(n) for n in range(4)])), "by", ray.cluster_resources()["CPU"], "CPUs")
  > P
  $ client=$(sed -n 's/^client: //p' ports); echo "$client"
  ray://localhost:* (glob)
  $ RAY_AUTH_MODE=disabled timeout 120 "$REAL_RAY_PYTHON" client.py "$client" 2>/dev/null
  12 by 2.0 CPUs
  $ kill $session; wait $session; echo $?
  143
  $ muster log raycluster demo --node-type head --out-dir logs >/dev/null 2>&1
  $ find logs -name 'dashboard.log' | wc -l
  1

A RayJob that the real operator submits to Ray itself, with files, by HTTP:

  $ muster submit rayjob http --cluster-name demo --submission-mode HTTPMode -w app --env WHO=operator --wait --timeout 120s -- python main.py 2>words
  rayjob.ray.io/http submitted
  rayjob.ray.io/http SUCCEEDED
  $ grep dashboard: words
  dashboard: muster dashboard rayjob http -n acceptance-* (glob)
  $ muster logs rayjob http | grep -v INFO
  Running entrypoint for job http-*: python main.py (glob)
  hello from seven operator
  line 0
  line 1
  line 2
  $ muster status rayjob http | grep native
  native	SUCCEEDED (esc)
  $ http=$("$KUBECTL" get rayjob http -o jsonpath='{.status.jobId}')

On a cluster of its own, which KubeRay makes; the command is muster's to hand over:

  $ muster submit rayjob own --workers 1 --local-queue '' --submission-mode InteractiveMode -w app --env WHO=owner --follow -- python main.py 2>/dev/null | grep hello
  hello from seven owner
  $ own=$("$KUBECTL" get rayjob own -o jsonpath='{.status.jobId}')

A distributed job, whose nodes the driver reserves and starts on that Ray:

  $ ddp=real-ddp-${NS#acceptance-}
  $ echo 'print("trained")' >train.py
  $ muster define job $ddp --script train.py --cpu 1 --gpu 0 --memMB 100 --j 2x1 --scheduler ray --cluster-name demo 2>/dev/null
  real-ddp-*.job.yaml (glob)
  $ muster submit job $ddp --wait 2>/dev/null | tail -1
  job/demo/real-ddp-* SUCCEEDED (glob)
  $ muster logs job demo/$ddp | grep torchrun | sed 's/--rdzv_endpoint [^ ]*/.../' | sort
  [0] torchrun of rank 0 of a known host: --rdzv_backend c10d ... --rdzv_id real-ddp-* --nnodes 2 --nproc_per_node 1 --tee 3 --role  train.py (glob)
  [1] torchrun of rank 1 of a known host: --rdzv_backend c10d ... --rdzv_id real-ddp-* --nnodes 2 --nproc_per_node 1 --tee 3 --role  train.py (glob)

Nothing stays on that Ray, which others share:

  $ muster delete rayjob http own -y | sort
  rayjob.ray.io/http deleted
  rayjob.ray.io/own deleted
  $ for id in $id real-bad real-long $ddp $http $own; do muster delete job demo/$id; done
  job/demo/real-train-* deleted (glob)
  job/demo/real-bad deleted
  job/demo/real-long deleted
  job/demo/real-ddp-* deleted (glob)
  job/demo/http-* deleted (glob)
  job/demo/* deleted (glob)
  $ eventually sh -c '! muster list job --no-headers -o name 2>/dev/null | grep -q real'
