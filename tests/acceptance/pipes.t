Everything works without a terminal, and nothing hangs on a pipe.

  $ . "$TESTDIR/setup"
  $ server_up
  $ muster daemon stop >/dev/null 2>&1

The first call starts the daemon; output captured, the shell goes on:

  $ out=$(muster list 2>&1); echo "$out"
  No resources found* (glob)
  $ muster create raycluster demo --workers 1 --no-appwrapper </dev/null
  raycluster.ray.io/demo created
  next: muster wait raycluster demo
  $ muster list raycluster -o name <&-
  raycluster/demo
  $ for i in $(seq 20); do muster create raycluster many-$i --workers 1 --no-appwrapper >/dev/null 2>&1; done
  $ muster list raycluster -o name | head -1 | wc -l
  1
  $ (set -o pipefail; muster list raycluster -o yaml | head -1 >/dev/null; echo $?)
  0

A watch whose reader went away ends with the next change:

  $ (for i in $(seq 20); do muster delete raycluster many-$i; done >/dev/null 2>&1) &
  $ (set -o pipefail; timeout 90 muster watch raycluster 2>/dev/null | head -3 | wc -l; echo $?)
  3
  0
  $ wait

What cannot be written is an error, not a reader that went away:

  $ muster list raycluster -o name >/dev/full 2>/dev/null
  [1]
  $ muster version --client >&-
  muster: the output cannot be written: it is closed
  [1]
  $ muster list raycluster -o name >&-
  muster: the output cannot be written: it is closed
  [1]
  $ muster list raycluster nobody 2>&-
  [2]
