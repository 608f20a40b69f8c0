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

A cluster whose ray:// wants certificates has a Secret that signs them:

  $ code muster get certificate demo
  muster: The RayCluster demo in the namespace default has no Secret demo-ca-secret-* with the label ray.openshift.ai/cluster-name: its ray:// wants no certificate, or the operator that makes it is not done; connect without one, or try again. (glob)
  exit 3
  $ openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 365 -subj /CN=root-ca 2>/dev/null
  $ jq -n --rawfile crt ca.crt --rawfile key ca.key '{apiVersion: "v1", kind: "Secret",
  >   metadata: {name: "demo-ca-secret-x7k2p", labels: {"ray.openshift.ai/cluster-name": "demo"}},
  >   data: {"ca.crt": ($crt | @base64), "tls.key": ($key | @base64)}}' >secret.json
  $ (umask 077 && echo "Authorization: Bearer $(token_of "$SERVER_KUBECONFIG")" >header)
  $ curl -sfk -o /dev/null -H @header -H 'Content-Type: application/json' -d @secret.json \
  >   "$(sed -n 's/.*server: *//p' "$SERVER_KUBECONFIG" | tr -d '" }' | head -1)/api/v1/namespaces/default/secrets"
  $ muster session raycluster demo >ports 2>words & session=$!
  $ eventually grep -o 'before you start Python: .*' words
  before you start Python: eval "$(muster get certificate demo -n default)"
  $ kill $session; wait $session; echo $?
  143
  $ eval "$(muster get certificate demo 2>words)"; cat words
  made a certificate for demo in */home/.local/share/codeflare/tls/demo-default, good until * (glob)
  $ env | grep ^RAY_ | sed "s,$HOME,HOME," | sort
  RAY_TLS_CA_CERT=HOME/.local/share/codeflare/tls/demo-default/ca.crt
  RAY_TLS_SERVER_CERT=HOME/.local/share/codeflare/tls/demo-default/tls.crt
  RAY_TLS_SERVER_KEY=HOME/.local/share/codeflare/tls/demo-default/tls.key
  RAY_USE_TLS=1
  $ stat -c %a "$(dirname $RAY_TLS_SERVER_KEY)" $RAY_TLS_SERVER_KEY
  700
  600
  $ openssl verify -CAfile ca.crt $RAY_TLS_SERVER_CERT | sed 's/.*: //'
  OK
  $ muster get certificate demo 2>&1 >/dev/null | cut -d ' ' -f 1-5
  there is a certificate for
  $ muster list certificate | cut -f 1-3
  CLUSTER	NAMESPACE	STATE (esc)
  demo	default	valid (esc)
  $ muster delete certificate --expired
  no certificate has expired
  $ grep -rlF "$(sed -n 5p ca.key)" "$XDG_STATE_HOME/muster" || echo nowhere
  nowhere
  $ muster delete raycluster demo -y
  raycluster.ray.io/demo deleted (with AppWrapper demo)
  $ muster list certificate
  No certificates found; `muster get certificate CLUSTER` makes one
