`define` writes a complete manifest and asks no server.

  $ . "$TESTDIR/setup"

A bare call works:

  $ muster define raycluster
  raycluster.yaml
  next: muster create raycluster raycluster

The same options give the same bytes, and writing them again is no error:

  $ muster define raycluster one --workers 3 --gpu=1 --env A=1 --env B=2
  one.yaml
  next: muster create raycluster one
  $ cp one.yaml before.yaml
  $ muster define raycluster one --workers 3 --gpu=1 --env A=1 --env B=2
  one.yaml
  next: muster create raycluster one
  $ cmp one.yaml before.yaml

A different file of that name is left alone unless told otherwise:

  $ muster define raycluster one --workers 4
  muster: one.yaml is there already and differs; use --force to replace it, or another name
  [2]
  $ cmp one.yaml before.yaml
  $ muster define raycluster one --workers 4 --force
  one.yaml
  next: muster create raycluster one
  $ grep -c 'replicas: 4' one.yaml
  1

Every field has its place:

  $ muster define raycluster full --namespace blue --image example.org/ray:1 --head-cpu-requests 2 --head-cpu-limits 4 \
  >   --head-memory-requests 4Gi --head-memory-limits 8Gi --worker-cpu-requests 1 --worker-cpu-limits 2 --worker-memory-requests 2Gi \
  >   --worker-memory-limits 3Gi --workers 5 --worker-gpus 1 --label team=blue --env KEY=value --image-pull-secrets one --image-pull-secrets two \
  >   --local-queue default-queue
  warning: The image's tag does not say which Ray it holds; the definition says 2.47.1 (--ray-version changes that).
  full.yaml
  next: muster create raycluster full -n blue
  $ sed -n '/^kind/,/^spec/p' full.yaml
  kind: RayCluster
  metadata:
    name: full
    labels:
      controller-tools.k8s.io: "1.0"
      ray.io/cluster: full
      team: blue
      kueue.x-k8s.io/queue-name: default-queue
    namespace: blue
  spec:
  $ grep -E 'image:|replicas:|nvidia|KEY|value: value|- name: (one|two)' full.yaml | sed 's/^ *//' | sort | uniq -c | tr -s ' '
   2 - name: KEY
   2 - name: one
   2 - name: two
   2 image: example.org/ray:1
   2 nvidia.com/gpu: "1"
   1 replicas: 5
   2 value: value
  $ sed -n '/ray-head/,/imagePullSecrets/p' full.yaml | sed -n '/resources:/,$p' | grep -E 'cpu|memory|requests|limits'
                requests:
                  cpu: "2"
                  memory: 4Gi
                limits:
                  cpu: "4"
                  memory: 8Gi
  $ sed -n '/machine-learning/,/imagePullSecrets/p' full.yaml | sed -n '/resources:/,$p' | grep -E 'cpu|memory|requests|limits'
                  requests:
                    cpu: "1"
                    memory: 2Gi
                  limits:
                    cpu: "2"
                    memory: 3Gi

Bare numbers of memory are gigabytes, and values never break out of their place:

  $ muster define raycluster odd --env 'X=a: "b" # {c}' --worker-memory-requests 2
  odd.yaml
  next: muster create raycluster odd
  $ grep -A1 'name: X' odd.yaml
                - name: X
                  value: "a: \"b\" # {c}"
  --
                  - name: X
                    value: "a: \"b\" # {c}"
  $ grep -c 'memory: 2G' odd.yaml
  1

A template of your own, by path:

  $ sed 's/rayVersion:.*/rayVersion: "9.9.9"/' full.yaml >template.yaml
  $ muster define raycluster mine --template ./template.yaml --workers 1
  mine.yaml
  next: muster create raycluster mine
  $ grep -E 'rayVersion|^  name:|replicas:' mine.yaml
    name: mine
    rayVersion: 9.9.9
        replicas: 1
