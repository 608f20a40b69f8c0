`history` says what became of things, also of what is gone; `watch --from` goes on where an earlier one ended.

  $ . "$TESTDIR/setup"
  $ server_up
  $ muster create raycluster demo --workers 1 --no-appwrapper --wait >/dev/null 2>&1
  $ muster delete raycluster demo --wait >/dev/null 2>&1
  $ muster history raycluster demo | cut -f 2,4,6 | sed '/TERMINATING/d' | tail -2
  raycluster\tdemo\tREADY (esc)
  raycluster\tdemo\t(gone) (esc)
  $ muster history raycluster demo --since 1h -o json | jq -r '.items[0] | "\(.from)>\(.context)"' | sed "s/$(cluster_name)/NAME/; s/muster-sandbox/NAME/"
  >NAME

It is there after the daemon was killed, and a watch goes on from any of its cursors:

  $ cursor=$(muster history raycluster demo -o json | jq '.items[0].cursor')
  $ kill -9 $(daemon_pid)
  $ env --default-signal=INT muster watch raycluster demo --from $cursor -o json >changes 2>/dev/null & watching=$!
  $ told() { [ "$(jq -r 'select(.resource) | .to' changes | sed '/TERMINATING/d' | tail -2 | tr '\n' ,)" = READY,, ]; }
  $ eventually told
  $ kill -INT $watching; wait $watching; echo $?
  130
  $ jq -r 'select(.resource) | .to' changes | sed '/TERMINATING/d' | tail -2
  READY
  
  $ jq -s '[.[] | select(.resource) | .cursor] | . == (sort | unique)' changes
  true

Clearing the cache leaves it, unless it is named:

  $ muster cache clear >/dev/null
  $ muster history raycluster demo -o json | jq '.items | length > 2'
  true
  $ muster cache clear --history | tail -1
  [0-9]+ changes of state forgotten (re)
  $ muster history raycluster demo
  nothing is recorded

A damaged one is left as it is, and everything else goes on:

  $ muster daemon stop
  the daemon has ended
  $ f=$HOME/.local/state/muster/history.mv.db; printf 'garbage' | dd of="$f" bs=1 conv=notrunc status=none; truncate -s 5000 "$f"; before=$(sha256sum <"$f")
  $ muster create raycluster other --workers 1 --no-appwrapper 2>/dev/null
  raycluster.ray.io/other created
  $ muster cache info 2>&1 >/dev/null | grep warning
  warning: The history * cannot be used (*): no change of state is recorded until it can be. (glob)
  $ code muster history
  muster: The history * Move it away and restart the daemon to begin a new one. (glob)
  exit 6
  $ [ "$before" = "$(sha256sum <"$f")" ] && echo the same
  the same
