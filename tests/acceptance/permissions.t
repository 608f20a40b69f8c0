What a user may not do ends with exit code 4 and says what and where.

  $ . "$TESTDIR/setup"
  $ only_on real
  $ server_up
  $ muster create raycluster demo --workers 1 >/dev/null 2>&1
  $ as alice
  $ muster list raycluster -o name
  raycluster/demo
  $ muster delete raycluster demo
  $ as viewer
  $ muster create raycluster other --workers 1
  [4]
  $ muster list raycluster
  [4]
  $ muster list raycluster -A
  [4]
