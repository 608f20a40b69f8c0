`kubectl ray` calls a program named kubectl-ray: KubeRay's words, with the defaults of its own plugin.

  $ . "$TESTDIR/setup"
  $ server_up
  $ ln -s "$MUSTER" ../bin/kubectl-ray
  $ kubectl-ray --help | head -1
  kubectl-ray
  $ kubectl-ray create cluster demo --dry-run | grep -e ^kind: -e ' name: demo' -e 'memory: 4Gi' | sed 's/^ *//' | sort | uniq -c | sed 's/^ *//'
  1 kind: RayCluster
  4 memory: 4Gi
  1 name: demo
  $ kubectl-ray create cluster demo --wait 2>/dev/null
  raycluster.ray.io/demo created
  $ kubectl-ray create workergroup more -c demo --worker-cpu 1 --worker-replicas 0
  workergroup/demo/more created
  $ kubectl-ray scale cluster demo -w more -r 1 --min-replicas 0
  raycluster.ray.io/demo scaled
  $ kubectl-ray get cluster demo -o name
  raycluster/demo
  $ eventually sh -c 'kubectl-ray get workergroup -c demo -o name | grep -q demo/more'
  $ kubectl-ray get node -c demo -o name | head -1
  node/demo-* (glob)

By its first word it is the same; what is not there yet says so:

  $ muster kubectl-ray get cluster -o name
  raycluster/demo
  $ kubectl-ray job stop demo
  muster: 'kubectl-ray job stop' is not there yet; there is: create cluster|workergroup, get cluster|node|workergroup|token, scale cluster, session, log, job submit, delete, version; see 'muster help kubectl-ray'
  [2]

  $ kubectl-ray delete demo -y
  raycluster.ray.io/demo deleted
