No token is ever written anywhere, or shown to other users of the machine.

  $ . "$TESTDIR/setup"
  $ server_up
  $ as $([ "$ON" = real ] && echo alice || echo admin)
  $ token=$(token_of "$KUBECONFIG"); test ${#token} -gt 10; echo "$token" >token
  $ muster create raycluster demo --workers 1 >/dev/null 2>&1
  $ muster -v list raycluster --fresh >verbose.out 2>&1
  $ CANARY=canary-$token
  $ sed "s/$token/$CANARY/" "$KUBECONFIG" >wrong.config
  $ muster list raycluster --kubeconfig wrong.config >refused.out 2>&1; echo $?
  4
  $ muster define raycluster envs --env SECRET=$CANARY >/dev/null 2>&1
  $ muster create raycluster envs >/dev/null 2>&1
  $ muster status raycluster envs >/dev/null
  $ kept() { grep -rlaF -e "$token" -e "$CANARY" "$HOME/.local/state/muster" --exclude-dir sandbox "$@"; }
  $ kept verbose.out refused.out
  [1]
  $ muster daemon log | grep -cF "$token"
  0
  [1]
  $ cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' | grep -cFf token
  0
  [1]
  $ muster daemon stop >/dev/null
  $ kept
  [1]
