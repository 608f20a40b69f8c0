Bad input: one sentence, the right exit code, nothing half-written.

  $ . "$TESTDIR/setup"
  $ server_up

Unknown words, with the nearest right one and those that there are:

  $ muster lst raycluster
  muster: there is no command 'lst'; did you mean 'list'?
    raycluster goes with: define, create, submit, get, list, * (glob)
  [2]
  $ muster list rayclustr
  muster: there is no 'muster list rayclustr'; did you mean 'raycluster'?
    'muster list' goes with: raycluster, appwrapper, * (glob)
  [2]
  $ muster define raycluster demo --wokers 2
  muster: 'muster define raycluster' has no option '--wokers'; did you mean '--workers'?
  [2]
  $ muster list raycluster -o jsn
  muster: there is no output format 'jsn'; did you mean 'json'? (table, wide, json, yaml, name, csv, jsonpath, manifest)
  [2]
  $ muster frobnicate
  muster: there is no command 'frobnicate'
    there are: define, create, submit, *, version, help (glob)
  [2]

Quantities, numbers and names, before anything is sent:

  $ muster define raycluster demo --worker-memory-requests 2Gigs
  muster: --worker-memory-requests: "2Gigs" is not a Kubernetes quantity such as 512Mi, 8G or 8.
  [2]
  $ muster define raycluster demo --worker-cpu-requests lots
  muster: --worker-cpu-requests: "lots" is not a Kubernetes quantity such as 500m, 2 or 1.5.
  [2]
  $ muster define raycluster demo --workers -1
  muster: --num-workers: "-1" is not a whole number from 0 to 10000.
  [2]
  $ muster define raycluster demo --workers many
  muster: --num-workers: "many" is not a whole number from 0 to 10000.
  [2]
  $ muster define raycluster Demo_1
  muster: "Demo_1" is not a name: use lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit (RFC 1123).
  [2]
  $ muster create raycluster Demo_1 --workers 1
  muster: "Demo_1" is not a name: use lower-case letters, digits and "-" (RFC 1123).
  [2]
  $ muster define raycluster demo --label no-value
  muster: --labels: "no-value" is not of the form key=value.
  [2]
  $ muster define raycluster demo --worker-cpu-requests 2 --worker-cpu-limits 1
  muster: --worker-cpu-requests: "2" is more than --worker-cpu-limits, which is 1.
  [2]

Files that cannot be read, parsed or meant:

  $ printf 'kind: RayCluster\n  name: [\n' >demo.yaml
  $ muster create raycluster demo
  muster: demo.yaml, line 2: this is not valid YAML (mapping values are not allowed here).
  [2]
  $ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: demo\n' >demo.yaml
  $ muster create raycluster demo
  muster: demo.yaml holds the kind ConfigMap (v1), not a RayCluster (ray.io), alone or in an AppWrapper.
  [2]
  $ muster create raycluster -f nowhere.yaml
  muster: nowhere.yaml is not there
  [2]
  $ printf 'apiVersion: ray.io/v1\nkind: RayCluster\nmetadata:\n  name: demo\nspec:\n  headGroupSpec: 7\n' >demo.yaml
  $ muster create raycluster demo
  muster: Cannot create the RayCluster demo in the namespace *headGroupSpec*of type* (glob)
  [2]
  $ rm demo.yaml
  $ muster create raycluster
  muster: 'muster create raycluster' needs a name, a file (-f) or options; see 'muster create raycluster --help'
  [2]

Nothing was written and nothing was made:

  $ ls
  $ muster list raycluster
  No resources found* (glob)

Credentials that the server does not take:

  $ as nobody
  $ muster list raycluster
  muster: The token for https://* (user *) was refused or has expired; sign in with `muster login`. (glob)
  [4]
