`create` looks at the server first, then at the file.

  $ . "$TESTDIR/setup"
  $ server_up
  $ muster create raycluster demo
  muster: there is no raycluster "demo" on the server and no demo.yaml here; define it first: muster define raycluster demo
  [3]
  $ muster define raycluster demo --workers 1
  demo.yaml
  next: muster create raycluster demo
  $ muster create raycluster demo
  raycluster.ray.io/demo created (in AppWrapper demo)
  next: muster wait raycluster demo

What is there is not created twice, whatever the file says:

  $ echo 'not: a cluster' >demo.yaml
  $ muster create raycluster demo
  muster: raycluster "demo" is there already in namespace * (*) (glob)
  [1]

With options it defines and creates in one go, and the file is not touched:

  $ muster create ray-cluster --name other --workers 1 --gpu=0
  raycluster.ray.io/other created (in AppWrapper other)
  next: muster wait raycluster other
  $ muster create raycluster plain --workers 1 --no-appwrapper
  raycluster.ray.io/plain created
  next: muster wait raycluster plain
  $ ls
  demo.yaml
  $ muster define raycluster beside --workers 1 >/dev/null 2>&1; cp beside.yaml before
  $ muster create raycluster beside --workers 2
  raycluster.ray.io/beside created (in AppWrapper beside)
  next: muster wait raycluster beside
  $ muster details raycluster beside -o jsonpath='{.details.workers.desired}{"\n"}'
  2
  $ cmp beside.yaml before

The server is asked whether it would take it, nothing is made:

  $ muster create raycluster third --workers 1 --dry-run
  raycluster.ray.io/third created (in AppWrapper third, dry run)
  $ muster status raycluster third
  muster: raycluster "third" not found in namespace * of context * (glob)
  [3]

From a file of any name and from standard input:

  $ muster define raycluster fourth --workers 1
  fourth.yaml
  next: muster create raycluster fourth
  $ mv fourth.yaml any.yaml
  $ muster create raycluster -f any.yaml
  raycluster.ray.io/fourth created (in AppWrapper fourth)
  next: muster wait raycluster fourth
  $ muster define raycluster fifth --workers 1
  fifth.yaml
  next: muster create raycluster fifth
  $ sed s/fifth/sixth/ fifth.yaml | muster create raycluster -f -
  raycluster.ray.io/sixth created (in AppWrapper sixth)
  next: muster wait raycluster sixth

A read after a write knows of it, always:

  $ for i in 1 2 3 4 5 6 7 8 9 10; do muster create raycluster seq-$i --workers 1 >/dev/null 2>&1 && muster status raycluster seq-$i >/dev/null || echo "seq-$i: $?"; done
  $ muster list raycluster -o name | grep -c seq-
  10
  $ for i in 1 2 3; do muster delete raycluster seq-$i --wait >/dev/null 2>&1; muster status raycluster seq-$i 2>/dev/null; echo $?; done
  3
  3
  3
