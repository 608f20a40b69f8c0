The main job: a RayCluster from define to delete.

  $ . "$TESTDIR/setup"
  $ server_up
  $ muster list
  No resources found* (glob)

  $ muster define raycluster demo --workers 2 --worker-cpu-requests 1 --worker-memory-requests 2Gi --label team=blue
  demo.yaml
  $ grep -E '^(apiVersion|kind)|^  name|team|replicas:|groupName' demo.yaml

Created from its file, and waited for, with a line for each thing that happens:

  $ muster create raycluster demo --wait --timeout 2m >wait.out 2>&1; echo $?
  0
  $ head -1 wait.out
  $ tail -1 wait.out

It is listed alone and with everything else:

  $ muster list raycluster
  $ muster list | cut -f 1,3,4
  $ muster status raycluster demo
  $ muster get raycluster demo -o json | jq -r '.name, .state, .ready'
  demo
  READY
  true

Deleted, and waited for:

  $ muster delete raycluster demo --wait --timeout 2m
  $ muster list raycluster
  No resources found* (glob)
  $ muster delete raycluster demo
  [3]
