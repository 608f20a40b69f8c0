The ways in that `--expose` adds, as a real server takes them: the AppWrapper's operator makes them beside the cluster. (A Route needs OpenShift.)

  $ . "$TESTDIR/setup"
  $ only_on real
  $ server_up
  $ kube() { "$KUBECTL" --kubeconfig "$SERVER_KUBECONFIG" -n "$NS" "$@"; }

An Ingress:

  $ muster create raycluster one --workers 1 --local-queue '' --expose ingress --host ray.example.test --tls-secret ray-tls 2>/dev/null
  raycluster.ray.io/one created (in AppWrapper one)
  $ muster wait raycluster one --timeout 2m 2>/dev/null
  raycluster.ray.io/one READY
  $ kube get ingress ray-dashboard-one -o json | jq -c '.spec.tls, .spec.rules'
  [{"hosts":["ray.example.test"],"secretName":"ray-tls"}]
  [{"host":"ray.example.test","http":{"paths":[{"backend":{"service":{"name":"one-head-svc","port":{"name":"dashboard"}}},"path":"/","pathType":"Prefix"}]}}]

What it leads to is there, under those names:

  $ kube get service one-head-svc -o json | jq -c '.spec.ports[] | select(.name == "dashboard") | .port'
  8265
  $ muster details raycluster one | grep -c 'https://ray.example.test'
  1

An HTTPRoute, which the kinds of the Gateway API check:

  $ muster create raycluster two --workers 1 --local-queue '' --expose httproute --gateway infra/public --host two.example.test 2>/dev/null
  raycluster.ray.io/two created (in AppWrapper two)
  $ muster wait raycluster two --timeout 2m 2>/dev/null
  raycluster.ray.io/two READY
  $ kube get httproute ray-dashboard-two -o json | jq -c '.spec | .hostnames, .parentRefs, (.rules[0].backendRefs[0] | [.name, .port])'
  ["two.example.test"]
  [{"group":"gateway.networking.k8s.io","kind":"Gateway","name":"public","namespace":"infra"}]
  ["two-head-svc",8265]

They go with the cluster:

  $ muster delete raycluster one two -y --wait --timeout 2m >/dev/null 2>&1
  $ kube get ingress,httproute -o name
