The roles of docs/manual/rbac: with them everything works that they are for, and nothing else.

  $ . "$TESTDIR/setup"
  $ only_on real
  $ server_up
  $ queue_up
  $ kube() { "$KUBECTL" --kubeconfig "$SERVER_KUBECONFIG" "$@"; }

Under names of this script's own, since the server is shared:

  $ roles() { local f; for f in "$TESTDIR"/../../docs/manual/rbac/*.yaml; do sed "s/name: muster-/name: $NS-/" "$f" | kube "$1" -f - || echo "$f" >&2; done; }
  $ roles apply >/dev/null

  $ may() { # ACCOUNT VERB GROUP RESOURCE [NAMESPACE]: true or false, also of kinds that the server does not have
  >   printf 'apiVersion: authorization.k8s.io/v1\nkind: SubjectAccessReview\nspec: {user: "system:serviceaccount:%s:%s", resourceAttributes: {verb: %s, group: "%s", resource: %s, namespace: "%s"}}\n' \
  >     "$NS" "$1" "$2" "$3" "$4" "${5:-}" | kube create -f - -o jsonpath='{.status.allowed}{"\n"}'
  > }
  $ granted() { [ "$(may "$@")" = true ]; }
  $ account() { # NAME ROLE: a service account with that role in this namespace, and a kubeconfig with its token
  >   kube create serviceaccount "$1"
  >   kube create rolebinding "$1" --clusterrole="$NS-$2" --serviceaccount="$NS:$1"
  >   sed "s/user: {client-[^}]*}/user: {token: $(kube create token "$1")}/" "$SERVER_KUBECONFIG" >"$1.kubeconfig"
  >   chmod 600 "$1.kubeconfig"
  >   eventually granted "$1" list kueue.x-k8s.io workloads "$NS"
  > } >/dev/null

Who has muster-user in a namespace works there:

  $ account maker user; export KUBECONFIG=$PWD/maker.kubeconfig
  $ muster whoami -o json | jq -r .user | sed "s/$NS/NS/"
  system:serviceaccount:NS:maker
  $ muster create raycluster demo --workers 1 --no-appwrapper 2>/dev/null
  raycluster.ray.io/demo created
  $ muster wait raycluster demo --timeout 2m 2>/dev/null
  raycluster.ray.io/demo READY
  $ muster list raycluster -o name
  raycluster/demo
  $ muster status raycluster demo -o jsonpath='{.state}{"\n"}'
  READY
  $ muster explain raycluster demo | head -1
  RayCluster demo is READY* (glob)
  $ muster list node -o name | wc -l
  2
  $ muster patch raycluster demo -p '{metadata: {labels: {team: vision}}}'
  raycluster.ray.io/demo patched

Also what is in a queue, which is stopped through its Workload:

  $ muster create raycluster queued --workers 1 --no-appwrapper --local-queue team-a 2>/dev/null
  raycluster.ray.io/queued created
  $ muster wait raycluster queued --timeout 2m 2>/dev/null
  raycluster.ray.io/queued READY
  $ muster suspend raycluster queued
  raycluster.ray.io/queued suspended
  $ muster wait raycluster queued --for SUSPENDED --timeout 1m 2>/dev/null
  raycluster.ray.io/queued SUSPENDED
  $ muster resume raycluster queued
  raycluster.ray.io/queued resumed
  $ muster wait raycluster queued --timeout 2m 2>/dev/null
  raycluster.ray.io/queued READY
  $ may maker update kueue.x-k8s.io workloads "$NS"
  false
  $ muster submit rayjob night --workers 1 --shutdown-after-job-finishes --local-queue team-a -- sleep 600 2>/dev/null
  rayjob.ray.io/night submitted
  $ muster stop rayjob night >/dev/null; muster wait rayjob night --for SUSPENDED --timeout 1m 2>/dev/null
  rayjob.ray.io/night SUSPENDED
  $ muster delete rayjob night -y
  rayjob.ray.io/night deleted

And nowhere else, nor as somebody else:

  $ muster list raycluster -A
  muster: You may not list rayclusters in all namespaces: rayclusters.ray.io is forbidden: User "system:serviceaccount:*:maker" cannot list * (glob)
  [4]
  $ muster list raycluster -n default
  muster: You may not list rayclusters in the namespace default: rayclusters.ray.io is forbidden: User "*" cannot list * (glob)
  [4]
  $ muster whoami --as alice
  muster: You may not ask who you are: users "alice" is forbidden: User "*" cannot impersonate * (glob)
  [4]
  $ may maker create networking.k8s.io ingresses "$NS"
  false
  $ kube create rolebinding expose --clusterrole="$NS-expose" --serviceaccount="$NS:maker" >/dev/null
  $ eventually granted maker create networking.k8s.io ingresses "$NS"

Who has muster-viewer sees it, and changes nothing:

  $ account looker viewer; export KUBECONFIG=$PWD/looker.kubeconfig
  $ muster list raycluster -o name
  raycluster/demo
  raycluster/queued
  $ muster wait raycluster demo --timeout 1m 2>/dev/null
  raycluster.ray.io/demo READY
  $ muster create raycluster other --workers 1 --no-appwrapper
  muster: You may not create the RayCluster other in the namespace *: rayclusters.ray.io is forbidden: User "*" cannot create * (glob)
  [4]
  $ muster suspend raycluster demo
  muster: You may not suspend the RayCluster demo in the namespace *: rayclusters.ray.io "demo" is forbidden: User "*" cannot patch * (glob)
  [4]
  $ muster suspend raycluster queued
  muster: You may not suspend the RayCluster queued through the Workload raycluster-queued-* in the namespace *: workloads.kueue.x-k8s.io "raycluster-queued-*" is forbidden: User "*" cannot patch resource "workloads" in API group "kueue.x-k8s.io" in the namespace * (glob)
  [4]
  $ muster delete raycluster demo
  muster: You may not delete the RayCluster demo in the namespace *: rayclusters.ray.io "demo" is forbidden: User "*" cannot delete * (glob)
  [4]

An administrator reads queues everywhere, and acts as those who are named:

  $ account chief queues
  $ for role in queues act-as; do kube create clusterrolebinding "$NS-chief-$role" --clusterrole="$NS-$role" --serviceaccount="$NS:chief" >/dev/null; done
  $ eventually granted chief watch kueue.x-k8s.io clusterqueues
  $ queues() { local r; for r in clusterqueues resourceflavors workloadpriorityclasses localqueues workloads; do may "$1" list kueue.x-k8s.io $r; done | uniq; }
  $ queues chief
  true
  $ queues looker
  false
  $ export KUBECONFIG=$PWD/chief.kubeconfig
  $ eventually muster whoami --as alice -o json 2>/dev/null | jq -r .user
  alice
  $ muster list raycluster
  muster: You may not list rayclusters in the namespace *: rayclusters.ray.io is forbidden: User "*" cannot list * (glob)
  [4]

What was made is taken away again:

  $ KUBECONFIG=$PWD/maker.kubeconfig muster delete raycluster demo queued -y --wait --timeout 2m 2>/dev/null
  raycluster.ray.io/demo deleted
  raycluster.ray.io/queued deleted
  $ kube delete clusterrolebinding "$NS-chief-queues" "$NS-chief-act-as" >/dev/null
  $ roles delete >/dev/null
