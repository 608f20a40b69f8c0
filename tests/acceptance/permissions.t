What a user may not do ends with exit code 4 and says what and where.

  $ . "$TESTDIR/setup"
  $ only_on real
  $ server_up
  $ muster create raycluster demo --workers 1 --no-appwrapper >/dev/null 2>&1
  $ as alice
  $ muster list raycluster -o name
  raycluster/demo
  $ muster delete raycluster demo
  raycluster.ray.io/demo deleted
  $ as viewer
  $ muster create raycluster other --workers 1 --no-appwrapper
  muster: You may not read the RayCluster other in the namespace *: rayclusters.ray.io "other" is forbidden: User "viewer" cannot get * (glob)
  [4]
  $ muster list raycluster
  muster: You may not list rayclusters in the namespace *: rayclusters.ray.io is forbidden: User "viewer" cannot list * (glob)
  [4]
  $ muster list raycluster -A
  muster: You may not list rayclusters in all namespaces: rayclusters.ray.io is forbidden: User "viewer" cannot list * (glob)
  [4]
