`define` writes a complete manifest and asks no server.

  $ . "$TESTDIR/setup"

A bare call works:

  $ muster define raycluster
  raycluster.yaml

The same options give the same bytes, and writing them again is no error:

  $ muster define raycluster one --workers 3 --gpu=1 --env A=1 --env B=2
  one.yaml
  $ cp one.yaml before.yaml
  $ muster define raycluster one --workers 3 --gpu=1 --env A=1 --env B=2
  one.yaml
  $ cmp one.yaml before.yaml

A different file of that name is left alone unless told otherwise:

  $ muster define raycluster one --workers 4
  [2]
  $ cmp one.yaml before.yaml
  $ muster define raycluster one --workers 4 --force
  one.yaml
  $ grep -c 'replicas: 4' one.yaml
  1

Every field has its place:

  $ muster define raycluster full --namespace blue --image example.org/ray:1 --head-cpu-requests 2 --head-cpu-limits 4 \
  >   --head-memory-requests 4Gi --head-memory-limits 8Gi --worker-cpu-requests 1 --worker-cpu-limits 2 --worker-memory-requests 2Gi \
  >   --worker-memory-limits 3Gi --workers 5 --worker-gpus 1 --label team=blue --env KEY=value --image-pull-secrets one --image-pull-secrets two \
  >   --local-queue default-queue
  full.yaml
  $ cat full.yaml

Bare numbers of memory are gigabytes, and values never break out of their place:

  $ muster define raycluster odd --env 'X=a: "b" # {c}' --worker-memory-requests 2
  odd.yaml
  $ grep -A1 'name: X' odd.yaml
  $ grep -c 'memory: 2G' odd.yaml

A template of your own, by path:

  $ sed 's/rayVersion:.*/rayVersion: "9.9.9"/' full.yaml >template.yaml
  $ muster define raycluster mine --template ./template.yaml --workers 1
  mine.yaml
  $ grep -E 'rayVersion|^  name:|replicas:' mine.yaml
