The sandbox: a cluster to try things on.

  $ . "$TESTDIR/setup"
  $ only_on sandbox
  $ muster sandbox status
  no sandbox is running; start one with 'muster sandbox up'
  [3]
  $ muster sandbox up --speed 10
  the sandbox runs at https://127.0.0.1:*, process * (glob)
  It is a simulation: no container runs, and nothing is kept when it ends.
  next: muster define raycluster demo
        muster create raycluster demo --wait --context muster-sandbox
  $ muster sandbox up
  the sandbox runs at https://127.0.0.1:*, process * (glob)
  It is a simulation: no container runs, and nothing is kept when it ends.
  next: muster define raycluster demo
        muster create raycluster demo --wait --context muster-sandbox
  $ muster sandbox status
  the sandbox runs at https://127.0.0.1:*, process * (glob)

It is used by itself where there is no other kubeconfig, and by name from anywhere; the user's own file is never touched:

  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1
  $ muster list raycluster -o name
  raycluster/demo
  $ mkdir -p "$HOME/.kube"
  $ printf 'apiVersion: v1\nkind: Config\n' >"$HOME/.kube/config"
  $ muster list raycluster --context muster-sandbox -o name
  raycluster/demo
  $ cat "$HOME/.kube/config"
  apiVersion: v1
  kind: Config
  $ rm -r "$HOME/.kube"

It survives the daemon:

  $ muster daemon stop
  the daemon has ended
  $ muster list raycluster -o name 2>/dev/null
  raycluster/demo

Emptied and stopped:

  $ muster sandbox reset
  the sandbox runs anew at https://127.0.0.1:*, process * (glob)
  $ muster list raycluster
  No resources found* (glob)
  $ muster sandbox down
  the sandbox has ended
  $ muster sandbox down
  no sandbox is running
  $ muster sandbox status
  no sandbox is running; start one with 'muster sandbox up'
  [3]
