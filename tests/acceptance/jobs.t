Jobs on a Ray cluster: submitted with their files, followed, listed, stopped and deleted. Entrypoints really run, as processes of this machine.

  $ . "$TESTDIR/setup"
  $ only_on sandbox
  $ server_up
  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1
  $ mkdir -p app/deep && echo 'echo hello from $(cat deep/data.txt), $WHO; ls' >app/main.sh && echo seven >app/deep/data.txt
  $ echo secret >app/.env && printf '.env\n' >app/.gitignore

Submitted, and in the same line asked for: it is never "not found".

  $ muster submit job train --cluster-name demo -w app --env WHO=you -- bash main.sh 2>/dev/null; muster status job train >status; muster list job -o name; muster logs job train >log; echo $?
  job/demo/train submitted
  job/demo/train
  0
  $ grep -c 'state' status
  1
  $ muster wait job train 2>/dev/null
  job/train SUCCEEDED
  $ muster logs job train | sed -n '3,$p'
  hello from seven, you
  deep
  main.sh
  $ muster list job --no-headers | cut -f 1-7
  train	train	-	demo	default	-	SUCCEEDED (esc)
  $ muster list job -c demo -o name
  job/demo/train
  $ muster get job train -o jsonpath='{.state} {.details.rayCluster} {.details.exitCode}{"\n"}'
  SUCCEEDED demo 0

Followed to its end, where the exit code is the job's:

  $ muster submit job talk --cluster-name demo --follow -- 'for i in 1 2 3; do echo line $i; sleep 0.3; done' 2>progress | sed 1,2d
  line 1
  line 2
  line 3
  $ cat progress
  job/demo/talk submitted
  job/demo/talk SUCCEEDED
  $ muster submit job bad --cluster-name demo --wait -- 'echo oops; exit 3' 2>&1 | tail -1
  muster: job demo/bad did not succeed: FAILED: exit code 3: oops
  $ code muster wait job bad
  muster: job bad did not succeed: FAILED: exit code 3: oops
  exit 1
  $ muster explain job bad | head -1
  Job demo/bad is FAILED: exit code 3: oops.
  $ muster logs job talk --tail 2
  line 2
  line 3

The daemon is killed, and told to end, in the middle: no byte is lost or repeated.

  $ muster submit job count --cluster-name demo --env ENOUGH=$PWD/enough -- 'i=0; until [ -e "$ENOUGH" ] || [ $i -ge 900 ]; do i=$((i + 1)); printf "count $i: \303\274\n"; sleep 0.2; done; echo end $i' 2>/dev/null
  job/demo/count submitted
  $ code muster logs job count -f >counted 2>killed & following=$!
  $ goes_on() { eventually sh -c "test \$(grep -c 'going on' killed) = $1"; seen=$(grep -c ^count counted); eventually grep -q "count $((seen + 3)):" counted; }
  $ goes_on 0; daemon_killed
  $ goes_on 1; muster daemon restart >/dev/null
  $ goes_on 2; daemon_killed
  $ goes_on 3; touch enough
  $ wait $following; tail -1 counted; n=$(grep -c ^count counted); grep '^count' counted | cmp - <(for i in $(seq $n); do echo "count $i: ü"; done); grep -c "^end $n$" counted
  exit 0
  1
  $ cat killed
  note: the daemon was restarted; going on
  note: the daemon was restarted; going on
  note: the daemon was restarted; going on
  job/demo/count SUCCEEDED
  $ muster logs job count --tail 0 -f 2>/dev/null
  $ muster submit job much --cluster-name demo --wait -- 'seq 2000000' >/dev/null 2>&1
  $ muster logs job much 2>killed | (head -c 1000000; daemon_killed; cat) | sed 1,2d | cmp - <(seq 2000000) && cat killed
  note: the daemon was restarted; going on

An id is taken once; both word orders are understood:

  $ code muster job submit bad --cluster-name demo -- true
  muster: There is a job bad on the cluster demo already (FAILED).
  exit 1
  $ muster submit job long --cluster-name demo -- 'echo $$; exec sleep 600' 2>/dev/null
  job/demo/long submitted
  $ eventually sh -c 'muster status job long | grep -q RUNNING'
  $ code muster wait job long --timeout 1s 2>&1 | tail -1
  exit 5
  $ muster cancel job long >/dev/null 2>&1; code muster wait job long 2>&1 | tail -2
  muster: job long did not succeed: STOPPED: Job was intentionally stopped.
  exit 1
  $ code muster stop job long 2>/dev/null
  job/demo/long stopped
  exit 0
  $ muster resubmit job talk
  job/demo/talk-* (glob)
  $ muster job delete long
  job/long deleted
  $ code muster delete job long
  muster: There is no job long in the namespace default. Try `muster list job --all`.
  exit 3
  $ muster history job long --no-headers | cut -f 5,6 | tail -2
  RUNNING	STOPPED (esc)
  STOPPED	(gone) (esc)

The same id on two clusters is two jobs:

  $ muster create raycluster blue --workers 1 >/dev/null 2>&1
  $ muster submit job train --cluster-name blue --wait-cluster -- echo blue 2>/dev/null
  job/blue/train submitted
  $ code muster status job train
  muster: * blue/train* demo/train* (glob)
  exit 2
  $ muster wait job blue/train 2>/dev/null
  job/blue/train SUCCEEDED
  $ muster logs job blue/train | tail -1
  blue
  $ muster list job --all -o name | grep train
  job/blue/train
  job/demo/train

What cannot be is said in one sentence, and nothing is sent:

  $ code muster submit job
  muster: 'muster submit job' needs * (glob)
  exit 2
  $ code muster submit job x --cluster-name nosuch -- true
  muster: Cluster nosuch not found in default namespace.
  exit 3
  $ code muster submit job nodef
  muster: There is no definition nodef.job.yaml here; define it first: muster define job nodef.
  exit 3
  $ code muster submit job x --cluster-name demo -w nowhere -- true 2>&1 | tail -2
  muster: there is no directory */nowhere: name one that is there. (glob)
  exit 2
  $ printf 'a: 1\n  b: [\n' >env.yaml
  $ code muster submit job x --cluster-name demo --runtime-env env.yaml -- true
  muster: *env.yaml* (glob)
  exit 2
  $ code muster submit job x --cluster-name demo --entrypoint-num-cpus lots -- true
  muster: --entrypoint-num-cpus: "lots" is not a number of them: write 2, 0.5 or 500m.
  exit 2
  $ code muster list job -c nosuch
  muster: raycluster "nosuch" not found in namespace default of context muster-sandbox
  exit 3
  $ muster list job --no-headers -o name | grep -c /x
  0
  [1]

Local modules and a zip file go along, each as a package of its own:

  $ mkdir -p lib/parts && echo 'WORD = "imported"' >lib/parts/__init__.py
  $ mkdir zipped && echo 'import parts; print("zipped,", parts.WORD)' >zipped/main.py && (cd zipped && zip -q ../app.zip main.py)
  $ muster submit job modules --cluster-name demo -w app.zip --runtime-env-json '{"py_modules": ["lib/parts"]}' --follow -- python3 main.py 2>/dev/null | tail -1
  zipped, imported
  $ code muster submit job x --cluster-name demo --runtime-env-json '{"py_modules": ["lib/none"]}' -- true
  muster: py_modules names */lib/none, and there is none. (glob)
  exit 2

A cluster that goes takes its jobs with it:

  $ muster delete raycluster blue --wait >/dev/null 2>&1
  $ eventually sh -c '! muster list job -o name | grep -q blue/'
