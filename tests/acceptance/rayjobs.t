RayJobs: KubeRay runs them, on a cluster that is there or on one of their own.

  $ . "$TESTDIR/setup"
  $ only_on sandbox
  $ server_up
  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1
  $ mkdir app && echo 'echo hello $1; exit ${2:-0}' >app/main.sh

On a cluster that is there, with files of this directory:

  $ muster submit rayjob night --cluster-name demo -w app --wait -- bash main.sh you 2>/dev/null
  rayjob.ray.io/night submitted
  rayjob.ray.io/night SUCCEEDED
  $ muster logs rayjob night | tail -1
  hello you
  $ muster list rayjob --no-headers | cut -f 1-6
  night	default	SUCCEEDED	SUCCEEDED	Complete	demo (esc)

On one of its own, which is made with the options of a cluster:

  $ muster define rayjob own --workers 1 --ttl-seconds-after-finished 3600 -- python -c 'print(1)' 2>/dev/null
  own.yaml
  $ grep -e entrypoint: -e ttlSeconds own.yaml | sed 's/^ *//'
  ttlSecondsAfterFinished: 3600
  entrypoint: "python -c 'print(1)'"
  $ muster submit rayjob own --follow 2>/dev/null | tail -1
  1
  $ muster submit rayjob sent -w app --follow -- bash main.sh files 2>/dev/null | tail -1
  hello files
  $ code muster submit rayjob sick --cluster-name demo -w app --wait -- bash main.sh me 4 2>/dev/null
  rayjob.ray.io/sick submitted
  exit 1
  $ muster explain rayjob sick | head -1
  RayJob sick is FAILED* (glob)

Stopped, and run again:

  $ muster submit rayjob slow --cluster-name demo -- sleep 300 2>/dev/null
  rayjob.ray.io/slow submitted
  $ eventually sh -c 'muster status rayjob slow | grep -q RUNNING'
  $ muster stop rayjob slow 2>&1 | head -1
  rayjob.ray.io/slow * (glob)
  $ muster submit rayjob once --cluster-name demo -w app --submission-mode HTTPMode --wait -- bash main.sh you 2>/dev/null | tail -1
  rayjob.ray.io/once SUCCEEDED
  $ code muster resubmit rayjob once
  muster: The files of the RayJob once were sent for that one run; delete it, and submit it anew with --working-dir.
  exit 1
  $ muster submit rayjob plain --cluster-name demo --wait -- echo plain 2>/dev/null | tail -1
  rayjob.ray.io/plain SUCCEEDED
  $ code muster resubmit rayjob plain 2>&1 | tail -1
  exit 0
  $ muster wait rayjob plain 2>/dev/null
  rayjob.ray.io/plain SUCCEEDED
  $ muster delete rayjob night slow -y | sort
  rayjob.ray.io/night deleted
  rayjob.ray.io/slow deleted

Files that fit into a Secret are part of the definition, and there for each run:

  $ muster define rayjob kept --cluster-name demo -w app -- bash main.sh again
  warning: The pod that submits the job runs *, whose Ray must be that of the cluster demo; * (glob)
  kept.yaml
  next: muster submit rayjob kept
  $ grep -e ^kind: -e secretName: -e runtimeEnvYAML kept.yaml | sed 's/^ *//'
  kind: RayJob
  runtimeEnvYAML: * (glob)
  secretName: kept-files
  kind: Secret
  $ muster define rayjob written --cluster-name demo -w app -- bash main.sh written >/dev/null 2>&1
  $ rm -r app

What define wrote is applied whole, the job and its Secret; what is not muster's is refused, and nothing is sent:

  $ (cat written.yaml; printf -- '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n') >more.yaml
  $ code muster apply rayjob -f more.yaml
  muster: more.yaml, document 3: muster applies RayClusters, AppWrappers, RayJobs and the Secrets of their files, and no ConfigMap; nothing was sent.
  exit 2
  $ code muster get rayjob written 2>/dev/null
  exit 3
  $ muster apply rayjob written
  rayjob.ray.io/written applied
  secret/written-files applied
  $ muster wait rayjob written --timeout 1m 2>/dev/null
  rayjob.ray.io/written SUCCEEDED
  $ muster submit rayjob kept --wait 2>/dev/null | tail -1
  rayjob.ray.io/kept SUCCEEDED
  $ muster resubmit rayjob kept
  rayjob.ray.io/kept * (glob)
  $ muster wait rayjob kept 2>/dev/null
  rayjob.ray.io/kept SUCCEEDED
  $ muster logs rayjob kept | tail -1
  hello again
  $ echo 'print("alone")' >alone.py
  $ muster submit rayjob alone --cluster-name demo --follow -- python3 alone.py 2>words | tail -1
  alone
  $ grep alone.py words
  warning: alone.py is sent along with the job, and no other file of this directory; -w . sends all.

More goes to Ray's own package store, for one run:

  $ mkdir app && echo 'echo hello $1; exit ${2:-0}' >app/main.sh
  $ head -c 1100000 /dev/urandom >app/noise
  $ muster submit rayjob large --cluster-name demo -w app --wait -- bash main.sh large 2>words
  rayjob.ray.io/large submitted
  rayjob.ray.io/large SUCCEEDED
  $ grep Secret words
  warning: The files of */app are more than the 1 MiB that a Secret holds, so they are sent to the cluster's own package store, for this one run: muster resubmit cannot send them again. (glob)
  $ muster submit rayjob large -w app --submission-mode K8sJobMode --dry-run -- bash main.sh
  muster: The files of */app are more than the 1 MiB that a Secret holds: drop --submission-mode, so that they are sent to the cluster's own package store. (glob)
  [2]

What cannot be:

  $ code muster submit rayjob sick --cluster-name demo -- true
  muster: *sick* already* (glob)
  exit 1
  $ code muster submit rayjob x --cluster-name nosuch -- true
  muster: *nosuch* (glob)
  exit 3
  $ code muster submit rayjob x --cluster-name demo --workers 2 -- true
  muster: * (glob)
  exit 2
  $ code muster submit rayjob x --cluster-name demo --ttl-seconds-after-finished 5 -- true
  muster: *ttl-seconds-after-finished* (glob)
  exit 2
