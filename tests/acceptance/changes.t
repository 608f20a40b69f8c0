Changing what is there: each verb is one request, and the next read sees it.

  $ . "$TESTDIR/setup"
  $ server_up
  $ cat >demo.yaml <<'Y'
  > apiVersion: ray.io/v1
  > kind: RayCluster
  > metadata:
  >   name: demo
  > spec:
  >   headGroupSpec:
  >     rayStartParams: {}
  >     template:
  >       spec:
  >         containers: [{name: ray-head, image: "rayproject/ray:2.52.0"}]
  >   workerGroupSpecs:
  >   - groupName: small
  >     replicas: 1
  >     minReplicas: 0
  >     maxReplicas: 4
  >     rayStartParams: {}
  >     template:
  >       spec:
  >         containers: [{name: ray-worker, image: "rayproject/ray:2.52.0"}]
  > Y
  $ muster apply raycluster demo
  raycluster.ray.io/demo applied
  $ muster wait raycluster demo --timeout 2m 2>/dev/null
  raycluster.ray.io/demo READY

What apply would change, and then it is changed (a server may add to what is created, as Kueue's webhook does; what is applied once more is as it is written):

  $ muster apply raycluster demo
  raycluster.ray.io/demo applied
  $ muster diff raycluster demo --exit-code
  $ sed -i 's/replicas: 1$/replicas: 2/' demo.yaml
  $ muster diff raycluster demo | grep '^[-+] *replicas'
  -      replicas: 1
  +      replicas: 2
  $ muster apply raycluster demo --dry-run
  raycluster.ray.io/demo applied (dry run)
  $ muster details raycluster demo -o jsonpath='{.details.workers.desired}{"\n"}'
  1
  $ muster scale raycluster demo --replicas 3
  raycluster.ray.io/demo scaled
  $ muster details raycluster demo -o jsonpath='{.details.workers.desired}{"\n"}'
  3
  $ code muster scale raycluster demo
  muster: 'muster scale raycluster' needs --replicas, --min-replicas or --max-replicas
  exit 2

  $ muster patch raycluster demo -p '{metadata: {labels: {team: vision}}}'
  raycluster.ray.io/demo patched
  $ muster list raycluster -l team=vision -o name
  raycluster/demo

The editor gets the live manifest; saving nothing changes nothing:

  $ EDITOR='sed -i s/vision/sound/' muster edit raycluster demo
  raycluster.ray.io/demo edited
  $ muster get raycluster demo -o manifest | grep -c 'team: sound'
  1
  $ EDITOR=true muster edit raycluster demo
  Edit cancelled, no changes made.
  $ EDITOR='sed -i s/^kind:.*/kind:\ Teapot/' muster edit raycluster demo 2>refused
  [2]
  $ grep -c 'what you wrote is kept in /' refused
  1

  $ muster suspend raycluster demo
  raycluster.ray.io/demo suspended
  $ muster wait raycluster demo --for SUSPENDED --timeout 1m 2>/dev/null
  raycluster.ray.io/demo SUSPENDED
  $ muster resume raycluster demo
  raycluster.ray.io/demo resumed
  $ muster wait raycluster demo --timeout 2m 2>/dev/null
  raycluster.ray.io/demo READY

Another group of workers beside the first:

  $ muster create workergroup more --cluster demo --worker-cpu 1 --dry-run
  workergroup/demo/more created (dry run)
  $ muster create workergroup more --cluster demo --worker-cpu 1 --worker-replicas 0
  workergroup/demo/more created
  $ code muster create workergroup more --cluster demo
  muster: The RayCluster demo in the namespace * has a worker group more already. (glob)
  exit 1
  $ eventually sh -c 'muster list workergroup --cluster demo -o name | grep -q demo/more'
  $ muster list workergroup --cluster other -o name
  No resources found
  $ muster get raycluster/demo -o manifest --clean | grep -e uid: -e resourceVersion: -e ^status: -e creationTimestamp: | wc -l
  0

Looking at it:

  $ muster explain raycluster demo | head -1
  RayCluster demo is READY* (glob)
  $ muster details raycluster demo | cut -f 1 | grep -x -e name -e namespace -e status -e ready -e uri -e workers.desired -e requested.memory -e limits.memory -e worker.cpu -e dashboard
  name
  namespace
  status
  ready
  workers.desired
  requested.memory
  limits.memory
  worker.cpu
  uri
  dashboard
  $ muster events raycluster demo
  no warnings about raycluster demo
  $ muster details raycluster demo -o jsonpath='{.details.dashboardNote}{"\n"}'
  not exposed; within Kubernetes http://demo-head-svc.*.svc:8265, from here by 'muster dashboard raycluster demo -n *' (glob)
  $ muster list workergroup -o name
  workergroup/demo/more
  workergroup/demo/small
  $ muster list lq -o json 2>/dev/null | jq 'has("items")'
  true
  $ muster list clusters --sort-by AGE --no-headers | cut -f 1
  demo
  $ code muster list raycluster --sort-by COLOUR
  muster: --sort-by 'COLOUR': there is no such column; there are * (glob)
  exit 2
  $ muster list lq --flavor none -o name
  No resources found
  $ muster delete raycluster/demo -y --wait --timeout 1m 2>/dev/null
  raycluster.ray.io/demo deleted
