When the server cannot be reached, what was known is shown, and said to be old.

  $ . "$TESTDIR/setup"
  $ only_on sandbox
  $ server_up
  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1
  $ muster list raycluster -o name
  raycluster/demo
  $ cp "$SERVER_KUBECONFIG" kept.config
  $ export KUBECONFIG=$PWD/kept.config
  $ muster list raycluster -o name
  raycluster/demo
  $ muster sandbox down >/dev/null
  $ stale() { muster list raycluster -o name 2>&1 >/dev/null | grep -q .; }
  $ eventually stale
  $ muster list raycluster -o name 2>warning
  raycluster/demo
  $ sed 's/[0-9][0-9:]*/N/g' warning
  $ muster status raycluster demo -o jsonpath='{.state}' 2>/dev/null
  READY

"Not found" would be a guess now:

  $ muster status raycluster nobody
  [6]

Nor is old news taken where fresh news is asked for, and nothing can be written:

  $ sleep 2; muster list raycluster --max-age 1s
  [6]
  $ muster list raycluster --fresh
  [6]
  $ muster create raycluster new --workers 1
  [6]

A server that never was there:

  $ sed -i 's#server: .*#server: https://127.0.0.1:1#' kept.config
  $ muster list raycluster
  [6]
