The sandbox: a cluster to try things on.

  $ . "$TESTDIR/setup"
  $ only_on sandbox
  $ muster sandbox status; echo $?
  $ muster sandbox up
  $ muster sandbox up
  $ muster sandbox status

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
  $ muster list raycluster -o name
  raycluster/demo

Emptied and stopped:

  $ muster sandbox reset
  $ muster list raycluster
  No resources found* (glob)
  $ muster sandbox down
  $ muster sandbox down
  $ muster sandbox status; echo $?
