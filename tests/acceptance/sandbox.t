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

Nothing of it listens on a port but its API, which wants a token; what a dashboard is told to run nobody else can tell it:

  $ pid=$(head -1 "$XDG_STATE_HOME/muster/sandbox/sandbox.pid")
  $ eventually sh -c 'ls "$XDG_STATE_HOME"/muster/sandbox/scratch-*/net/1' >/dev/null
  $ awk '$4 == "0A" {print "socket:[" $10 "]"}' /proc/$pid/net/tcp /proc/$pid/net/tcp6 | sort >listening
  $ ls -l /proc/$pid/fd | sed -n 's/.*\(socket:.*\)/\1/p' | sort | comm -12 - listening | wc -l
  1
  $ curl -sk -o answer -w '%{http_code}\n' "$(tail -1 "$XDG_STATE_HOME/muster/sandbox/sandbox.pid")/api/v1/namespaces/default/services/demo-head-svc:8265/proxy/api/version"
  403

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
What a job runs ends with it, even when it is killed:

  $ muster create raycluster demo --workers 1 --no-appwrapper --wait >/dev/null 2>&1
  $ muster submit job nap --cluster-name demo -- "sh -c 'echo \$\$ >$PWD/nap; exec sleep 1000'" >/dev/null 2>&1
  $ eventually test -s nap
  $ kill -9 $(head -1 "$XDG_STATE_HOME/muster/sandbox/sandbox.pid")
  $ gone() { ! grep -q '^State:[^Z]*$' /proc/$1/status 2>/dev/null; }
  $ eventually gone $(cat nap)
  $ muster sandbox up >/dev/null 2>&1
  $ ls -d "$XDG_STATE_HOME"/muster/sandbox/scratch-* | wc -l
  1

  $ muster sandbox down
  the sandbox has ended
  $ muster sandbox down
  no sandbox is running
  $ muster sandbox status
  no sandbox is running; start one with 'muster sandbox up'
  [3]
