Jobs on the real operators: pods in an AppWrapper, and RayJobs. Pods of this server have no program in them, so nothing ends by itself but what an operator ends.

  $ . "$TESTDIR/setup"
  $ only_on real
  $ server_up
  $ queue_up
  $ echo 'print("trained")' >train.py
  $ muster define job mnist --script train.py --cpu 1 --gpu 0 --memMB 500 --j 2x1 --image anywhere/torch:2 --local-queue team-a 2>/dev/null
  mnist.job.yaml
  $ muster submit job mnist 2>/dev/null; muster status job mnist >status 2>/dev/null; echo $?
  job/AppWrapper/mnist submitted (in AppWrapper mnist)
  0
  $ muster wait job mnist --for running --timeout 60s 2>/dev/null
  job/mnist RUNNING
  $ muster list job --no-headers | cut -f 1,6,7
  mnist\t1800m CPU, 1G\tRUNNING (esc)
  $ code muster submit job mnist 2>&1 | head -1
  muster: *mnist* already* (glob)
  $ muster delete job mnist
  job/mnist deleted (with AppWrapper mnist)
  $ eventually sh -c '! muster status job mnist >/dev/null 2>&1'

Without a queue it is stopped, and goes on:

  $ muster submit job pod --image any --local-queue '' -- sleep 60 2>/dev/null
  job/AppWrapper/pod submitted (in AppWrapper pod)
  $ muster wait job pod --for running --timeout 60s 2>/dev/null
  job/pod RUNNING
  $ muster stop job pod 2>&1 | head -1
  job/AppWrapper/pod * (glob)
  $ muster wait job pod --for suspended --timeout 90s 2>/dev/null
  job/pod SUSPENDED
  $ muster resubmit job pod
  job/AppWrapper/pod resubmitted
  $ muster wait job pod --for running --timeout 60s 2>/dev/null
  job/pod RUNNING
  $ muster delete job pod
  job/pod deleted (with AppWrapper pod)

More than the quota waits in line, and says so:

  $ muster submit job much --image any --cpu 20 --local-queue team-a -- true 2>/dev/null
  job/AppWrapper/much submitted (in AppWrapper much)
  $ eventually sh -c 'muster status job much | grep -q QUEUED'
  $ muster explain job much | head -1
  Job much is QUEUED: * (glob)
  $ muster delete job much
  job/much deleted (with AppWrapper much)

A RayJob on a cluster that is there: KubeRay's submitter has no program either, and KubeRay says so.

  $ muster create raycluster demo --workers 1 --no-appwrapper --local-queue '' --wait >/dev/null 2>&1
  $ code muster submit rayjob night --cluster-name demo --wait --timeout 120s -- echo hi 2>/dev/null
  rayjob.ray.io/night submitted
  exit 1
  $ muster status rayjob night | grep -e state -e reason | tr '\t' ' '
  state FAILED
  reason * (glob)
  $ muster explain rayjob night | head -1
  RayJob night is FAILED* (glob)
  $ muster delete rayjob night -y
  rayjob.ray.io/night deleted

Files are in a Secret that the pod which submits the job mounts, and which goes with the job:

  $ muster submit rayjob files --cluster-name demo -w . -- python train.py 2>/dev/null
  rayjob.ray.io/files submitted
  $ "$KUBECTL" get secret files-files -o json | jq -r '.metadata.ownerReferences[0].kind, (.data | keys[])'
  RayJob
  working_dir.zip
  $ eventually sh -c '"$KUBECTL" get pod -l job-name=files -o json | jq -e ".items[0].spec.initContainers[0].volumeMounts[0].name" 2>/dev/null'
  "ray-job-files"

It outlives the job when that is run again, and has the new one for its owner:

  $ code muster wait rayjob files --timeout 120s 2>/dev/null
  exit 1
  $ muster resubmit rayjob files
  rayjob.ray.io/files * (glob)
  $ code muster wait rayjob files --timeout 120s 2>/dev/null
  exit 1
  $ owner=$("$KUBECTL" get secret files-files -o jsonpath='{.metadata.ownerReferences[0].uid}')
  $ test "$owner" = "$("$KUBECTL" get rayjob files -o jsonpath='{.metadata.uid}')" && echo the new one
  the new one
  $ muster delete rayjob files -y
  rayjob.ray.io/files deleted
  $ eventually sh -c '! "$KUBECTL" get secret files-files >/dev/null 2>&1'

On one of its own, which is made, and goes with it:

  $ muster submit rayjob own --workers 1 --local-queue '' -- echo hi 2>/dev/null
  rayjob.ray.io/own submitted
  $ eventually sh -c 'muster list raycluster -o name | grep -q own-'
  $ muster delete rayjob own -y
  rayjob.ray.io/own deleted
  $ eventually sh -c '! muster list raycluster -o name | grep -q own-'
