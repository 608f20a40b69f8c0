The ways to a Ray cluster: its dashboard, a session, its token, its log files.

  $ . "$TESTDIR/setup"
  $ only_on sandbox
  $ server_up
  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1
  $ muster dashboard raycluster demo --no-browser >url 2>words & forwarding=$!
  $ eventually test -s url
  $ curl -sf "$(cat url)/api/version" | jq -r .ray_version
  2.* (glob)
  $ kill $forwarding; wait $forwarding; echo $?
  143

A session follows the head when it is replaced:

  $ muster session raycluster demo >ports 2>words & session=$!
  $ eventually test -s ports
  $ url=$(sed -n 's/^dashboard: //p' ports)
  $ curl -sf $url/api/version >/dev/null && echo there
  there
  $ kill $session; wait $session; echo $?
  143
  $ code muster get token demo
  muster: The RayCluster demo wants no token: its spec.authOptions.mode is not token.
  exit 3
  $ code muster session raycluster nosuch
  muster: *nosuch* (glob)
  exit 3
  $ code muster dashboard raycluster demo --port 99999
  muster: * (glob)
  exit 2
