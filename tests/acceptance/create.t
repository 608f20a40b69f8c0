`create` looks at the server first, then at the file.

  $ . "$TESTDIR/setup"
  $ server_up
  $ muster create raycluster demo
  [3]
  $ muster define raycluster demo --workers 1
  demo.yaml
  $ muster create raycluster demo
  raycluster/demo created

What is there is not created twice, whatever the file says:

  $ echo 'not: a cluster' >demo.yaml
  $ muster create raycluster demo
  [1]

With options it defines and creates in one go, and the file is not touched:

  $ muster create ray-cluster --name other --workers 1 --gpu=0
  $ ls
  demo.yaml

The server is asked whether it would take it, nothing is made:

  $ muster create raycluster third --workers 1 --dry-run
  $ muster status raycluster third
  [3]

From a file of any name and from standard input:

  $ muster define raycluster fourth --workers 1
  fourth.yaml
  $ mv fourth.yaml any.yaml
  $ muster create raycluster -f any.yaml
  raycluster/fourth created
  $ muster define raycluster fifth --workers 1
  fifth.yaml
  $ sed s/fifth/sixth/ fifth.yaml | muster create raycluster -f -
  raycluster/sixth created

A read after a write knows of it, always:

  $ for i in 1 2 3 4 5 6 7 8 9 10; do muster create raycluster seq-$i --workers 1 >/dev/null 2>&1 && muster status raycluster seq-$i >/dev/null || echo "seq-$i: $?"; done
  $ muster list raycluster -o name | grep -c seq-
  10
  $ for i in 1 2 3; do muster delete raycluster seq-$i --wait >/dev/null 2>&1; muster status raycluster seq-$i 2>/dev/null; echo $?; done
  3
  3
  3
