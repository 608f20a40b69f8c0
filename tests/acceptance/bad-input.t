Bad input: one sentence, the right exit code, nothing half-written.

  $ . "$TESTDIR/setup"
  $ server_up

Unknown words, with the nearest right one:

  $ muster lst raycluster
  [2]
  $ muster list rayclustr
  [2]
  $ muster define raycluster demo --wokers 2
  [2]
  $ muster list raycluster -o jsn
  [2]
  $ muster frobnicate
  [2]

Quantities, numbers and names, before anything is sent:

  $ muster define raycluster demo --worker-memory-requests 2Gigs
  [2]
  $ muster define raycluster demo --worker-cpu-requests lots
  [2]
  $ muster define raycluster demo --workers -1
  [2]
  $ muster define raycluster demo --workers many
  [2]
  $ muster define raycluster Demo_1
  [2]
  $ muster create raycluster Demo_1 --workers 1
  [2]
  $ muster define raycluster demo --label no-value
  [2]
  $ muster define raycluster demo --worker-cpu-requests 2 --worker-cpu-limits 1
  [2]

Files that cannot be read, parsed or meant:

  $ printf 'kind: RayCluster\n  name: [\n' >demo.yaml
  $ muster create raycluster demo
  [2]
  $ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: demo\n' >demo.yaml
  $ muster create raycluster demo
  [2]
  $ muster create raycluster -f nowhere.yaml
  [*] (glob)
  $ printf 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata:\n  name: demo\nspec:\n  headGroupSpec: 7\n' >demo.yaml
  $ muster create raycluster demo
  [*] (glob)
  $ rm demo.yaml
  $ muster create raycluster
  [2]

Nothing was written and nothing was made:

  $ ls
  $ muster list raycluster
  No resources found* (glob)

Credentials that the server does not take:

  $ as nobody
  $ muster list raycluster
  [4]
