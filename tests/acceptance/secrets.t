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

Jobs: what only the sandbox runs. (Their words on a command line are the user's own; muster passes them on and nothing more.)

  $ jobs() {
  >   muster wait raycluster demo
  >   muster submit job one --cluster-name demo --env SECRET=$CANARY -- true
  >   muster submit job two --cluster-name demo --runtime-env-json "{\"env_vars\": {\"SECRET\": \"$CANARY\"}}" -- 'exit 3'
  >   muster -v submit job three --cluster-name demo --runtime-env-json "{\"env_vars\": [\"$CANARY\"]}" -- true
  >   muster submit rayjob four --cluster-name demo --env SECRET=$CANARY -- true
  >   muster submit rayjob five --workers 1 --env SECRET=$CANARY --envs OTHER=$CANARY -- true
  >   echo 'print(1)' >train.py
  >   muster create job six --script train.py --j 1x1 --cpu 1 --gpu 0 --memMB 100 --image any --env SECRET=$CANARY
  >   muster submit job six --cluster-name demo
  >   RAY_AUTH_TOKEN=$CANARY muster submit job seven --cluster-name demo -- true
  >   RAY_AUTH_TOKEN=$CANARY muster list job --fresh
  >   muster -v submit job eight --cluster-name demo --address http://127.0.0.1:9 --headers "{\"X-A\": \"$CANARY\"}" -- true
  >   muster -v submit rayjob nine --cluster-name demo --headers "{\"X-A\": \"$CANARY\"}" -- true
  >   for job in demo/one demo/two demo/six AppWrapper/six demo/seven; do muster wait job $job --timeout 1m; muster details job $job; muster -v explain job $job; done
  >   for job in four five; do muster wait rayjob $job --timeout 1m; muster details rayjob $job; muster -v explain rayjob $job; muster events rayjob $job; done
  >   muster resubmit job demo/one
  >   muster list job -o json; muster list rayjob -o yaml; muster history
  > }
  $ if [ "$ON" = sandbox ]; then jobs >jobs.out 2>&1; grep -c -e ^job/ -e ^rayjob jobs.out; else : >jobs.out; echo 9; fi
  [0-9]+ (re)
  $ rm -f six.job.yaml
  $ kept() { grep -rlaF -e "$token" -e "$CANARY" "$HOME/.local/state/muster" --exclude-dir sandbox "$@"; }
  $ kept verbose.out refused.out jobs.out
  [1]
  $ muster daemon log | grep -cF "$token"
  0
  [1]
  $ muster daemon log --lines 100000 | grep -cF "$CANARY"
  0
  [1]
  $ cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' | grep -cFf token
  0
  [1]
  $ muster daemon stop >/dev/null
  $ kept
  [1]
