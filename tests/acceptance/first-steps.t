The main job: a RayCluster from define to delete.

  $ . "$TESTDIR/setup"
  $ SPEED=2 server_up
  $ muster list
  No resources found* (glob)

  $ muster define raycluster demo --workers 2 --worker-cpu-requests 1 --worker-memory-requests 2Gi --label team=blue
  demo.yaml
  next: muster create raycluster demo
  $ grep -E '^(apiVersion|kind)|^ *kind|^  name|team: |replicas:|groupName' demo.yaml | sed 's/^ *//'
  apiVersion: workload.codeflare.dev/v1beta2
  kind: AppWrapper
  name: demo
  kind: RayCluster
  team: blue
  - groupName: small-group-demo
  replicas: 2

Created from its file, and waited for, with a line for each thing that happens:

  $ muster create raycluster demo --wait --timeout 2m >wait.out 2>&1; echo $?
  0
  $ head -1 wait.out
  raycluster.ray.io/demo created (in AppWrapper demo)
  $ tail -n +2 wait.out | grep -vE '^demo: (QUEUED|STARTING): .'
  [1]
  $ [ "$ON" = real ] || grep -q STARTING wait.out

It is listed alone and with everything else:

  $ muster list raycluster | cut -f 1,3-7
  NAME\tSTATE\tREADY\tDESIRED WORKERS\tAVAILABLE WORKERS\tCPUS (esc)
  demo\tREADY\tyes\t2\t2\t3 (esc)
  $ muster list 2>/dev/null | cut -f 1,2,4,5
  KIND\tNAME\tSTATE\tREADY (esc)
  raycluster\tdemo\tREADY\tyes (esc)
  $ muster status raycluster demo
  state\tREADY (esc)
  ready\tyes (esc)
  native\tready (esc)
  since\t20* (esc) (glob)
  $ muster get raycluster demo -o json | jq -r '.name, .state, .ready'
  demo
  READY
  true

Deleted, and waited for:

  $ muster delete raycluster demo --wait --timeout 2m 2>/dev/null
  raycluster.ray.io/demo deleted (with AppWrapper demo)
  $ muster list raycluster
  No resources found* (glob)
  $ muster delete raycluster demo
  muster: There is no RayCluster demo in the namespace *. (glob)
  [3]
