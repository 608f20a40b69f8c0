The cache: what the last daemon knew is served at once, and it can be thrown away at any time.

  $ . "$TESTDIR/setup"
  $ server_up
  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1
  $ muster cache info 2>/dev/null | cut -f 1,3-5 | head -2 | tr '\t' ' '
  SOURCE KIND ROWS LIVE
  kubernetes raycluster [1-9][0-9]* yes (re)
  $ muster daemon stop
  the daemon has ended

The files are damaged while no daemon runs: they are moved aside and filled anew.

  $ find "$HOME/.local/state/muster" -name '*.mv.db' | wc -l
  2
  $ for f in $(find "$HOME/.local/state/muster" -name 'cache.mv.db'); do printf 'garbage' | dd of=$f bs=1 conv=notrunc status=none; truncate -s 5000 $f; done
  $ muster list raycluster -o name 2>/dev/null
  raycluster/demo
  $ ls "$HOME/.local/state/muster" | grep -v -e '^musterd' -e '^sandbox$'
  cache.mv.db
  cache.quarantined.mv.db
  history.mv.db
  $ muster cache clear
  [0-9]+ rows forgotten (re)
  $ muster list raycluster -o name
  raycluster/demo
