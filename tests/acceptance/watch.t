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
