A cluster in an AppWrapper, as they are by default: each verb does with it what it does with one by itself.

  $ . "$TESTDIR/setup"
  $ server_up
  $ muster define raycluster demo --workers 1 --label team=blue >/dev/null 2>&1
  $ muster create raycluster demo --wait --timeout 2m 2>/dev/null
  raycluster.ray.io/demo created (in AppWrapper demo)
  $ muster create raycluster demo
  muster: raycluster "demo" is there already in namespace * (*) (glob)
  [1]
  $ muster create raycluster -f demo.yaml
  muster: There is an AppWrapper demo in the namespace * already. (glob)
  [1]

It is looked at by its own name:

  $ muster list raycluster | cut -f 1,3-5
  NAME\tSTATE\tREADY\tDESIRED WORKERS (esc)
  demo\tREADY\tyes\t1 (esc)
  $ muster list raycluster -l team=blue -o name
  raycluster/demo
  $ muster get raycluster demo -o json | jq -r '.kind, .name, .state, .owner'
  raycluster
  demo
  READY
  AppWrapper/demo
  $ muster get raycluster demo -o manifest | grep '^kind:'
  kind: RayCluster
  $ muster status raycluster demo | head -2
  state\tREADY (esc)
  ready\tyes (esc)
  $ muster details raycluster demo | grep -E '^(name|status|ready|workers.desired)' | tr '\t' ' '
  name demo
  namespace * (glob)
  status READY
  ready yes
  workers.desired 1
  $ muster explain raycluster demo | head -1
  RayCluster demo is READY* (glob)

And changed:

  $ muster diff raycluster demo --exit-code
  $ muster scale raycluster demo --replicas 3 --max 4
  raycluster.ray.io/demo scaled (in AppWrapper demo)
  $ muster details raycluster demo -o jsonpath='{.details.workers.desired}{"\n"}'
  3
  $ EDITOR='sed -i s/blue/red/' muster edit raycluster demo
  raycluster.ray.io/demo edited (in AppWrapper demo)
  $ muster patch raycluster demo -p '{metadata: {annotations: {note: seen}}}'
  raycluster.ray.io/demo patched (in AppWrapper demo)
  $ muster list raycluster -l team=red -o name
  raycluster/demo
  $ muster suspend raycluster demo --dry-run
  raycluster.ray.io/demo suspended (in AppWrapper demo, dry run)
  $ muster suspend raycluster demo
  raycluster.ray.io/demo suspended (in AppWrapper demo)
  $ muster wait raycluster demo --for SUSPENDED --timeout 1m 2>/dev/null
  raycluster.ray.io/demo SUSPENDED

While it is suspended there is no object that could be scaled; what comes back is what the AppWrapper says:

  $ muster list raycluster | cut -f 1,3
  NAME\tSTATE (esc)
  demo\tSUSPENDED (esc)
  $ muster scale raycluster demo --replicas 1
  muster: The RayCluster demo does not exist at present, only the AppWrapper demo that wraps it; ask for that one.
  [3]
  $ muster resume raycluster demo
  raycluster.ray.io/demo resumed (in AppWrapper demo)
  $ muster wait raycluster demo --timeout 2m 2>/dev/null
  raycluster.ray.io/demo READY
  $ muster details raycluster demo -o jsonpath='{.details.workers.desired}{"\n"}'
  1

Its file is that of the AppWrapper:

  $ sed -i '0,/^  name: demo$/s//  name: demo\n  annotations: {note: applied}/' demo.yaml
  $ muster diff raycluster demo | grep '^[-+]'
  --- appwrapper/demo on the server
  +++ appwrapper/demo after apply
  +  annotations:
  +    note: applied
  $ muster apply raycluster demo
  raycluster.ray.io/demo applied (in AppWrapper demo)
  $ muster diff raycluster demo --exit-code

Deleted, with what would make it again:

  $ muster delete raycluster demo --dry-run
  raycluster.ray.io/demo deleted (with AppWrapper demo, dry run)
  $ muster delete raycluster demo -y --wait --timeout 1m 2>/dev/null
  raycluster.ray.io/demo deleted (with AppWrapper demo)
  $ muster list appwrapper
  No resources found* (glob)
  $ muster list raycluster
  No resources found* (glob)
  $ muster history raycluster demo | cut -f 2,4,6 | tail -1
  raycluster\tdemo\t(gone) (esc)

What is there by itself is not wrapped a second time:

  $ muster create raycluster alone --workers 1 --no-appwrapper >/dev/null 2>&1
  $ muster define raycluster alone --workers 1 -o yaml | muster create raycluster -f -
  muster: There is a RayCluster alone in the namespace * already, which no AppWrapper wraps. (glob)
  [1]
  $ muster define raycluster alone --workers 1 -o yaml | muster apply raycluster -f -
  muster: There is a RayCluster alone in the namespace * already, which no AppWrapper wraps. (glob)
  [1]

The AppWrapper itself, by its own seven verbs:

  $ env --default-signal=INT muster watch appwrapper >changes 2>errors & watching=$!
  $ streams() { muster daemon status | sed -n 's/^streams[^0-9]*\([0-9]*\).*/\1/p' | grep -qx "$1"; }
  $ eventually streams 1
  $ muster create appwrapper demo
  appwrapper.workload.codeflare.dev/demo created
  next: muster wait appwrapper demo
  $ muster wait appwrapper demo --timeout 2m 2>/dev/null
  appwrapper.workload.codeflare.dev/demo READY
  $ muster get appwrapper demo -o json | jq -r '.name, .state, .details.components[].kind'
  demo
  READY
  RayCluster
  $ muster list appwrapper -o name
  appwrapper/demo
  $ muster get appwrapper demo -o manifest | sed 's/note: applied/note: updated/; /resourceVersion/d' >live.yaml
  $ muster update appwrapper -f live.yaml
  appwrapper.workload.codeflare.dev/demo updated
  $ muster get appwrapper demo -o manifest | grep note:
      note: updated
  $ muster patch appwrapper demo -p '{metadata: {annotations: {note: patched}}}'
  appwrapper.workload.codeflare.dev/demo patched
  $ muster get appwrapper demo -o manifest | grep note:
      note: patched
  $ muster delete appwrapper demo -y --wait --timeout 1m 2>/dev/null
  appwrapper.workload.codeflare.dev/demo deleted
  $ eventually grep -q gone changes
  $ kill -INT $watching; wait $watching; echo $?
  130
  $ grep -c 'demo.*READY' changes | grep -vx 0 >/dev/null
  $ muster list raycluster -o name
  raycluster/alone
