When the server cannot be reached, what was known is shown, and said to be old.

  $ . "$TESTDIR/setup"
  $ only_on sandbox
  $ server_up
  $ muster create raycluster demo --workers 1 --no-appwrapper --wait >/dev/null 2>&1
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
  $ cat warning
  as of ??:??:?? (* ago; not live: https://127.0.0.1:* does not answer: connection refused) (glob)
  $ muster status raycluster demo -o jsonpath='{.state}{"\n"}' 2>/dev/null
  READY

"Not found" would be a guess now:

  $ muster status raycluster nobody
  muster: https://127.0.0.1:* does not answer: connection refused (context muster-sandbox). (glob)
  [6]

Nor is old news taken where fresh news is asked for, and nothing can be written:

  $ sleep 2; muster list raycluster --max-age 1s
  muster: the last answer is * s old, older than --max-age allows (1 s): * (glob)
  [6]
  $ muster list raycluster --fresh
  muster: https://127.0.0.1:* does not answer: connection refused (context muster-sandbox). (glob)
  [6]
  $ muster create raycluster new --workers 1 --no-appwrapper
  muster: https://127.0.0.1:* does not answer: connection refused (context muster-sandbox). (glob)
  [6]

A server that never was there:

  $ sed -i 's#server: .*#server: https://127.0.0.1:1#' kept.config
  $ muster list raycluster
  muster: https://127.0.0.1:* does not answer: connection refused (context muster-sandbox). (glob)
  [6]
