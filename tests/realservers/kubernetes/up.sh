#!/bin/bash
# usage: up.sh [components...]   default: etcd apiserver kcm sched crds kwok kuberay appwrapper kueue
# RAYDASH=1 also starts a fake Ray dashboard (an HTTP proxy) so that RayJobs progress.  Everything on 127.0.0.1 .
set -u
cd "$(dirname "$(readlink -f "$0")")"; ROOT=$PWD; export PORT=${PORT:-16443}
mkdir -p run log; ./certs.sh || exit 1
P=run/pki; KC=$ROOT/run/admin.kubeconfig; k() { kubectl --kubeconfig $KC "$@"; }
now() { date +%s.%N; }; since() { awk -v a=$1 -v b=$(now) 'BEGIN{printf "%.2f",b-a}'; }
start() { local n=$1; shift; [ -f run/$n.pid ] && kill -0 $(cat run/$n.pid) 2>/dev/null && { echo "$n already up"; return 0; }
  setsid nohup "$@" > log/$n.log 2>&1 < /dev/null & echo $! > run/$n.pid; }
ready() { # name seconds command...
  local n=$1 t=$2; shift 2; local s=$(now); for i in $(seq $((t*20))); do "$@" >/dev/null 2>&1 && { echo "$n ready $(since $s) s  rss $(ps -o rss= -p $(cat run/$n.pid 2>/dev/null) 2>/dev/null) KiB"; return 0; }
    [ -f run/$n.pid ] && ! kill -0 $(cat run/$n.pid) 2>/dev/null && { echo "$n DIED"; tail -5 log/$n.log; return 1; }; sleep 0.05; done; echo "$n NOT READY"; tail -5 log/$n.log; return 1; }
# the operators' cert rotators write a Secret which a kubelet would mount: do its part
mountsecret() { local i f; mkdir -p $3; for i in $(seq 200); do k -n $1 get secret $2 -o json 2>/dev/null | jq -e '.data["tls.crt"]' >/dev/null && break; sleep 0.1; done
  # whole files, the certificate last: the operators read it as soon as it is there
  for f in ca.crt ca.key tls.key tls.crt; do k -n $1 get secret $2 -o json | jq -r --arg f $f '.data[$f]' | base64 -d > $3/new && mv $3/new $3/$f; done; }
T0=$(now)
for c in ${@:-etcd apiserver kcm sched crds kwok kuberay appwrapper kueue}; do case $c in
etcd) start etcd bin/etcd --data-dir run/etcd --listen-client-urls http://127.0.0.1:12379 --advertise-client-urls http://127.0.0.1:12379 \
        --listen-peer-urls http://127.0.0.1:12380 --initial-advertise-peer-urls http://127.0.0.1:12380 --initial-cluster default=http://127.0.0.1:12380 ${ETCD_FLAGS:---unsafe-no-fsync} --log-level warn
      ready etcd 20 curl -sf http://127.0.0.1:12379/health || exit 1;;
apiserver) start apiserver bin/kube-apiserver --etcd-servers=http://127.0.0.1:12379 --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --endpoint-reconciler-type=none --secure-port=$PORT \
        --service-cluster-ip-range=10.96.0.0/16 --tls-cert-file=$P/apiserver.crt --tls-private-key-file=$P/apiserver.key --client-ca-file=$P/ca.crt \
        --service-account-key-file=$P/sa.pub --service-account-signing-key-file=$P/sa.key --service-account-issuer=https://kubernetes.default.svc \
        --authorization-mode=RBAC --token-auth-file=$P/tokens.csv --allow-privileged=true --profiling=false ${APISERVER_FLAGS:-}
      ready apiserver 60 k get --raw /readyz || exit 1;;
kcm) start kcm bin/kube-controller-manager --kubeconfig=run/kcm.kubeconfig --authentication-kubeconfig=run/kcm.kubeconfig --authorization-kubeconfig=run/kcm.kubeconfig --bind-address=127.0.0.1 --secure-port=16257 --leader-elect=false \
        --use-service-account-credentials=true --service-account-private-key-file=$P/sa.key --root-ca-file=$P/ca.crt --controllers='*,-node-ipam-controller,-node-route-controller,-cloud-node-lifecycle-controller,-service-lb-controller' --node-monitor-grace-period=24h
      ready kcm 30 k -n default get serviceaccount default || exit 1;;
sched) start sched bin/kube-scheduler --kubeconfig=run/sched.kubeconfig --authentication-kubeconfig=run/sched.kubeconfig --authorization-kubeconfig=run/sched.kubeconfig --bind-address=127.0.0.1 --secure-port=16259 --leader-elect=false
      ready sched 30 curl -skf https://127.0.0.1:16259/healthz || exit 1;;
crds) s=$(now); for d in kuberay appwrapper kueue gateway; do [ -d crds/$d ] && k apply --server-side --force-conflicts -f crds/$d >/dev/null; done
      for i in $(seq 100); do k wait --for=condition=Established crd --all --timeout=60s >/dev/null 2>&1 && { echo "crds established $(since $s) s"; break; }; sleep 0.2; done   # it fails at once on one without any condition yet
      [ -f rbac.yaml ] && k apply -f rbac.yaml >/dev/null;;
kwok) touch run/pod.log; sed "s#@HOME@#$ROOT#" kwok.yaml > run/kwok.yaml
      start kwok bin/kwok --kubeconfig=$KC --config=run/kwok.yaml --manage-all-nodes=true --node-lease-duration-seconds=40 --server-address=127.0.0.1:16247 --node-ip=127.0.0.1 --node-port=16247 \
        --tls-cert-file=$P/apiserver.crt --tls-private-key-file=$P/apiserver.key --cidr=10.244.0.0/16
      ready kwok 20 curl -sf http://127.0.0.1:16247/healthz || exit 1
      k get node node-0 >/dev/null 2>&1 || ./nodes.sh ${NODES:-4};;
raydash) start raydash python3 fake-ray-dashboard.py 16265; ready raydash 10 curl -sf http://127.0.0.1:16265/api/version || exit 1;;
kuberay) start kuberay env KUBECONFIG=$KC ${RAYDASH:+HTTP_PROXY=http://127.0.0.1:16265} bin/kuberay-operator --metrics-addr=127.0.0.1:16080 --health-probe-bind-address=127.0.0.1:16082 --enable-leader-election=false --reconcile-concurrency=4 ${KUBERAY_FLAGS:-}
      ready kuberay 30 curl -sf http://127.0.0.1:16082/readyz || exit 1;;
appwrapper) k create namespace appwrapper-system --dry-run=client -o yaml | k apply -f - >/dev/null
      w=; [ "${AW_WEBHOOKS:-1}" = 1 ] && { ./appwrapper-webhooks.sh || exit 1; w="--webhook-port=16093 --cert-dir=$ROOT/run/aw-certs"; }
      start appwrapper env KUBECONFIG=$KC bin/appwrapper-operator --namespace=appwrapper-system $w ${AW_CONFIG:+--config=$AW_CONFIG}
      [ -n "$w" ] && mountsecret appwrapper-system appwrapper-webhook-server-cert run/aw-certs
      ready appwrapper 60 curl -sf http://127.0.0.1:16092/readyz || exit 1;;
kueue) k create namespace kueue-system --dry-run=client -o yaml | k apply -f - >/dev/null
      ./kueue-webhooks.sh || exit 1; sed "s#@HOME@#$ROOT#" kueue-config.yaml > run/kueue-config.yaml
      start kueue env KUBECONFIG=$KC POD_NAMESPACE=kueue-system bin/kueue-manager --config=run/kueue-config.yaml --feature-gates=VisibilityOnDemand=false
      mountsecret kueue-system kueue-webhook-server-cert run/kueue-certs
      ready kueue 60 curl -sf http://127.0.0.1:16102/readyz || exit 1;;
esac; done
echo "all up in $(since $T0) s"; for f in run/*.pid; do ps -o pid=,rss=,comm= -p $(cat $f); done
echo "export KUBECONFIG=$KC"
