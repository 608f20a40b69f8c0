`watch` prints every change as it happens, until it is interrupted.

  $ . "$TESTDIR/setup"
  $ server_up
  $ env --default-signal=INT muster watch raycluster >changes 2>errors & watching=$!
  $ eventually grep -q live errors
  $ muster create raycluster demo --workers 1 --no-appwrapper --local-queue '' --wait >/dev/null 2>&1
  $ muster delete raycluster demo --wait >/dev/null 2>&1
  $ eventually grep -q gone changes
  $ kill -INT $watching; wait $watching; echo $?
  130
  $ grep -v live errors
  [1]
  $ sed -E 's/^[0-9:]+ [^ ]*\///; s/ \([^()]*\)$//' changes | grep -e '->' 
  demo (new) -> STARTING
  demo STARTING -> READY
  demo READY -> TERMINATING
  demo TERMINATING -> (gone)

The daemon is killed in the middle: it goes on, and each change is told once.

  $ told() { eventually grep -q -- "-> $1" changes; }
  $ env --default-signal=INT muster watch raycluster >changes 2>errors & watching=$!
  $ eventually sh -c 'muster daemon status | grep -q "^streams.*1"'
  $ muster create raycluster demo --workers 1 --no-appwrapper --local-queue '' >/dev/null 2>&1; told STARTING
  $ daemon_killed
  $ told READY; muster suspend raycluster demo >/dev/null; told SUSPENDED
  $ muster daemon restart >/dev/null
  $ muster resume raycluster demo >/dev/null; eventually sh -c 'test $(grep -c -- "-> READY" changes) = 2'
  $ daemon_killed
  $ muster delete raycluster demo --wait >/dev/null 2>&1; told '(gone)'
  $ kill -INT $watching; wait $watching; echo $?
  130
  $ sed -E 's/^[0-9:]+ [^ ]*\///; s/ \([^()]*\)$//' changes | grep -e '->' | grep -v -e '-> SUSPEND'
  demo (new) -> STARTING
  demo STARTING -> READY
  demo SUSPENDED -> STARTING
  demo STARTING -> READY
  demo READY -> TERMINATING
  demo TERMINATING -> (gone)
  $ grep -c -e '-> SUSPENDED' changes
  1
  $ grep -c 'going on' errors
  3
