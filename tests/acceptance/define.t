`define` writes a complete manifest and needs no server; of the queue that nobody can look up it says so.

  $ . "$TESTDIR/setup"

A bare call works:

  $ muster define raycluster
  warning: The namespace's default queue, if there is one, is not set, and so no quota is waited for: there is no server to ask (--local-queue names one).
  raycluster.yaml
  next: muster create raycluster raycluster

It is an AppWrapper around a RayCluster, unless that one alone is asked for:

  $ sed -n '1,/^spec/p' raycluster.yaml
  apiVersion: workload.codeflare.dev/v1beta2
  kind: AppWrapper
  metadata:
    name: raycluster
  spec:
  $ grep -c ' kind: RayCluster$' raycluster.yaml
  1
  $ muster define raycluster --no-appwrapper -o yaml 2>/dev/null | head -2
  apiVersion: ray.io/v1
  kind: RayCluster

A server that cannot be reached, or takes no token, holds nothing up either:

  $ cat >gone.config <<'Y'
  > {apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}], users: [{name: u, user: {token: t}}]}
  > Y
  $ timeout 20 muster define raycluster far --kubeconfig gone.config
  warning: The namespace's default queue, if there is one, is not set, and so no quota is waited for: the server's local queues could not be read (--local-queue names one).
  far.yaml
  next: muster create raycluster far --kubeconfig gone.config
  $ muster define raycluster far --kubeconfig gone.config --local-queue ''
  far.yaml
  next: muster create raycluster far --kubeconfig gone.config

The same options give the same bytes, and writing them again is no error:

  $ muster define raycluster one --local-queue '' --workers 3 --gpu=1 --env A=1 --env B=2
  one.yaml
  next: muster create raycluster one
  $ cp one.yaml before.yaml
  $ muster define raycluster one --local-queue '' --workers 3 --gpu=1 --env A=1 --env B=2
  one.yaml
  next: muster create raycluster one
  $ cmp one.yaml before.yaml

A different file of that name is left alone unless told otherwise:

  $ muster define raycluster one --local-queue '' --workers 4
  muster: one.yaml is there already and differs; use --force to replace it, or another name
  [2]
  $ cmp one.yaml before.yaml
  $ muster define raycluster one --local-queue '' --workers 4 --force
  one.yaml
  next: muster create raycluster one
  $ grep -c 'replicas: 4' one.yaml
  1

Every field has its place:

  $ muster define raycluster full --namespace blue --image example.org/ray:1 --head-cpu-requests 2 --head-cpu-limits 4 \
  >   --head-memory-requests 4Gi --head-memory-limits 8Gi --worker-cpu-requests 1 --worker-cpu-limits 2 --worker-memory-requests 2Gi \
  >   --worker-memory-limits 3Gi --workers 5 --worker-gpus 1 --label team=blue --env KEY=value --image-pull-secrets one --image-pull-secrets two \
  >   --local-queue default-queue --no-appwrapper
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

  $ muster define raycluster odd --env 'X=a: "b" # {c}' --worker-memory-requests 2 --no-appwrapper --local-queue ''
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

A template of your own, by path; it decides whether there is an AppWrapper:

  $ sed 's/rayVersion:.*/rayVersion: "9.9.9"/' full.yaml >template.yaml
  $ muster define raycluster mine --template ./template.yaml --workers 1 --local-queue ''
  mine.yaml
  next: muster create raycluster mine
  $ grep -E '^kind|rayVersion|^  name:|replicas:' mine.yaml
  kind: RayCluster
    name: mine
    rayVersion: 9.9.9
        replicas: 1

With the queue on the outside and a way in to the dashboard:

  $ muster define raycluster wrapped -n blue --local-queue team-a --expose route --machine_types m5.xlarge,g4dn.xlarge -o yaml >wrapped.out
  $ sed -n '1,/^spec/p' wrapped.out
  apiVersion: workload.codeflare.dev/v1beta2
  kind: AppWrapper
  metadata:
    name: wrapped
    namespace: blue
    labels:
      kueue.x-k8s.io/queue-name: team-a
      orderedinstance: m5.xlarge_g4dn.xlarge
  spec:
  $ grep -E '^ +kind: (RayCluster|Route)' wrapped.out | tr -d ' '
  kind:RayCluster
  kind:Route
  $ muster define raycluster old --appwrapper-version mcad -o yaml | sed -n '/^apiVersion/p;/^kind/p;/GenericItems/p' | tr -d ' '
  apiVersion:mcad.ibm.com/v1beta1
  kind:AppWrapper
  GenericItems:

What does not go together is said before anything is sent:

  $ muster define raycluster bad --enableAutoscaling --min-workers 1
  muster: --enable-autoscaling needs both --min-workers and --max-workers; --max-workers is missing.
  [2]
  $ muster define raycluster bad --worker-extended-resource-requests example.org/fpga=1
  muster: --worker-extended-resource-requests: "example.org/fpga" is not known to Ray; known are nvidia.com/gpu, * (glob)
  [2]
  $ muster define raycluster bad --no-appwrapper --expose route
  muster: --expose needs an AppWrapper; drop --no-appwrapper or it.
  [2]
  $ ls bad.yaml 2>/dev/null
  [2]

The flags of older codeflare command lines are taken as they were typed, and what never did anything says so:

  $ muster define raycluster old --head-info 8,16Gi,1 --min-cpus 1 --max-cpus 2 --num-workers 2 --min-memory 4 --max-memory 8 --num-gpus 1 --instascale --machine-types m5.xlarge,g4dn.xlarge --envs "{'A':'b'}" --image-pull-secrets "['pull']" --local-interactive --image quay.io/ray:2.47.1 --local-queue ''
  warning: --local-interactive changes nothing in the manifest: it made the certificates of releases of long ago.
  warning: --head-info changes nothing: no release has ever used it.
  old.yaml
  next: muster create raycluster old
  $ grep -E 'orderedinstance:|replicas:|nvidia|- name: (A|pull)$|value: b$' old.yaml | sed 's/^ *//' | LC_ALL=C sort -u
  - name: A
  - name: pull
  nvidia.com/gpu: "1"
  orderedinstance: m5.xlarge_g4dn.xlarge
  replicas: 2
  value: b
