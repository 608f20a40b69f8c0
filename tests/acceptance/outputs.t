One record, many forms.

  $ . "$TESTDIR/setup"
  $ server_up
  $ muster create raycluster demo --workers 1 --no-appwrapper --wait >/dev/null 2>&1

In a pipe: tab-separated, without colour; and every spelling of the noun is one noun:

  $ muster list raycluster | cut -f 1,3-10 | cat -t
  NAME^ISTATE^IREADY^IDESIRED WORKERS^IAVAILABLE WORKERS^ICPUS^IGPUS^ITPUS^IMEMORY
  demo^IREADY^Iyes^I1^I1^I2^I0^I0^I8G
  $ muster list rayclusters --no-headers | cut -f 1,3
  demo\tREADY (esc)
  $ muster list ray-cluster -o name
  raycluster/demo
  $ muster raycluster list -o name
  raycluster/demo
  $ muster list raycluster -o csv | head -1
  NAME,NAMESPACE,STATE,READY,DESIRED WORKERS,AVAILABLE WORKERS,CPUS,GPUS,TPUS,MEMORY,CONDITION,STATUS,REASON,AGE
  $ muster list raycluster -o wide | head -1 | tr '\t' ' '
  NAME NAMESPACE STATE READY DESIRED WORKERS AVAILABLE WORKERS CPUS GPUS TPUS MEMORY CONDITION STATUS REASON AGE

Records:

  $ muster get raycluster demo -o json | jq -r 'keys_unsorted | join(" ")'
  source context kind namespace name uid state nativeState ready reason created changed observedAt live owner details
  $ muster get raycluster demo -o yaml | grep -E '^(kind|name|state|ready):'
  kind: raycluster
  name: demo
  state: READY
  ready: true
  $ muster get raycluster demo -o jsonpath='{.state}{"\n"}'
  READY
  $ muster list raycluster -o json | jq -r '.items[0].name'
  demo
  $ muster list raycluster -o jsonpath='{range .items[*]}{.name}={.state}{"\n"}{end}'
  demo=READY

The system's own object, whole:

  $ muster get raycluster demo -o manifest | grep -E '^(apiVersion|kind|status):'
  apiVersion: ray.io/v1
  kind: RayCluster
  status:

All namespaces, and labels:

  $ muster list raycluster -A -o name | grep -x raycluster/demo | sort -u
  raycluster/demo
  $ muster create raycluster blue --workers 1 --no-appwrapper --label team=blue >/dev/null 2>&1
  $ muster list raycluster -l team=blue -o name
  raycluster/blue
  $ muster list raycluster -l 'team!=blue' -o name
  raycluster/demo

How old an answer may be:

  $ muster status raycluster demo --fresh -o jsonpath='{.state}{"\n"}'
  READY
  $ muster list raycluster --max-age 1h -o name | sort
  raycluster/blue
  raycluster/demo
