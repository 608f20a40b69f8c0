No kubectl, ray or python is called, nor needed: those of this PATH only say that they were.

  $ . "$TESTDIR/setup"
  $ only_on sandbox
  $ for tool in kubectl ray python python3 oc; do printf '#!/bin/sh\necho %s >>"%s/called"\nexit 1\n' $tool "$PLACE" >"$PLACE/bin/$tool"; chmod +x "$PLACE/bin/$tool"; done
  $ server_up
  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1
  $ mkdir app && echo 'echo hello' >app/main.sh
  $ muster submit job train --cluster-name demo -w app --follow -- bash main.sh 2>/dev/null | tail -1
  hello

Jobs in two namespaces, each with its own:

  $ muster create raycluster far -n demo --workers 1 --no-appwrapper >/dev/null 2>&1
  $ muster submit job away -n demo --cluster-name far --wait-cluster --wait -- true 2>/dev/null
  job/far/away submitted
  job/far/away SUCCEEDED
  $ muster list job --all -o json | jq -r '.items[] | .namespace + " " + .name' | sort
  default demo/train
  demo far/away
  $ muster list job -o name
  job/demo/train

  $ muster delete raycluster demo --wait >/dev/null 2>&1
  $ cat "$PLACE/called"
  cat: * (glob)
  [1]
