Bad input about jobs: one sentence, the right exit code, nothing sent.

  $ . "$TESTDIR/setup"
  $ only_on sandbox
  $ server_up
  $ muster create raycluster demo --workers 1 --no-appwrapper --wait >/dev/null 2>&1
  $ muster create raycluster sick --image no-such-image:1 --workers 1 --no-appwrapper >/dev/null 2>&1

Options, with the nearest right one:

  $ muster submit job x --cluster-name demo --folow -- true
  muster: 'muster submit job' has no option '--folow'; did you mean '--follow'?
  [2]
  $ muster logs job x --folow
  muster: 'muster logs job' has no option '--folow'; did you mean '--follow'?
  [2]
  $ muster submit rayjob x --entrypont-num-cpus 1 -- true
  muster: 'muster submit rayjob' has no option '--entrypont-num-cpus'; did you mean '--entrypoint-num-cpus'?
  [2]
  $ muster define job x --scirpt a.py
  muster: 'muster define job' has no option '--scirpt'; did you mean '--script'?
  [2]

Both or neither of script and module:

  $ echo 'print(1)' >a.py
  $ muster define job both --script a.py --m a
  muster: * (glob)
  [2]
  $ muster define job neither
  muster: * (glob)
  [2]
  $ muster create job neither --cluster-name demo
  muster: * (glob)
  [2]
  $ ls
  a.py

Values:

  $ muster submit job x --cluster-name demo --entrypoint-memory lots -- true
  muster: --entrypoint-memory: "lots" is * (glob)
  [2]
  $ muster submit job x --cluster-name demo --runtime-env-json '{' -- true
  muster: --runtime-env-json* (glob)
  [2]
  $ muster submit job x --cluster-name demo --runtime-env none.yaml -- true
  muster: *none.yaml* (glob)
  [2]
  $ muster submit job x --cluster-name demo --metadata-json 7 -- true
  muster: --metadata-json* (glob)
  [2]
  $ muster submit job x --cluster-name demo --headers '{"Authorization": "canary"}' -- true
  muster: --headers is about the requests to --address, and no address is given: the ways that muster finds have what they need.
  [2]
  $ muster submit job x --cluster-name demo --address http://127.0.0.1:9 --verify false -- true
  muster: --verify is about certificates, and --address is no https address.
  [2]
  $ muster submit rayjob x --cluster-name demo --address http://127.0.0.1:9 --headers '{"Authorization": "canary"}' -- true
  muster: --headers is about requests to Ray's dashboard, and nothing is sent there for this job: KubeRay submits it.
  [2]
  $ muster logs job x --tail many
  muster: option '--tail' takes a whole number, not 'many'; see 'muster logs job --help'
  [2]

A cluster that is not ready says how to wait for it:

  $ muster submit job x --cluster-name sick -- true
  muster: RayCluster sick (default) is STARTING*. Wait for it first: muster wait raycluster sick -n default (or add --wait-cluster). (glob)
  [1]
  $ muster submit rayjob x --cluster-name sick -w . --submission-mode HTTPMode -- true
  muster: The RayCluster sick is STARTING*wait for it with muster wait raycluster sick. (glob)
  [1]
  $ muster list job -o name
  No resources found
  $ muster list rayjob -o name
  No resources found

A closed standard input, and readers that go away:

  $ muster submit job numbers --cluster-name demo --wait -- 'cat; seq 100000' <&- >/dev/null 2>&1
  $ (set -o pipefail; muster logs job numbers | head -1 | wc -l; echo $?)
  1
  0
  $ (set -o pipefail; muster logs job numbers -f | head -1 | wc -l; echo $?)
  1
  0
  $ muster logs job numbers >/dev/full 2>/dev/null
  [1]
  $ muster logs job numbers >&-
  muster: the output cannot be written: it is closed
  [1]

A token that is no longer taken:

  $ as nobody
  $ muster submit job x --cluster-name demo -- true
  muster: The token for https://* (user *) was refused or has expired; sign in with `muster login`. (glob)
  [4]
  $ muster submit rayjob x --cluster-name demo -- true
  muster: The token for https://* (user *) was refused or has expired; sign in with `muster login`. (glob)
  [4]
  $ muster logs job numbers
  muster: The token for https://* (user *) was refused or has expired; sign in with `muster login`. (glob)
  [4]
  $ as admin

The dashboard is gone in the middle of a log:

  $ muster submit job long --cluster-name demo -- 'echo begun; exec sleep 600' >/dev/null 2>&1
  $ (muster logs job long -f >log 2>words; echo $? >ended) &
  $ eventually grep -q begun log
  $ muster delete raycluster demo -y --wait >/dev/null 2>&1
  $ eventually test -s ended
  $ cat ended
  3
  $ tail -1 words
  muster: There is no RayCluster demo in the namespace default.
  $ muster status job long
  muster: There is no job long in the namespace default. Try `muster list job --all`.
  [3]
