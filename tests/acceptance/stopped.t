What is stopped in a queue of Kueue stays stopped: its quota goes to the next in line, and it goes on when it is told to and there is room.

  $ . "$TESTDIR/setup"
  $ server_up
  $ queue_up

A job of pods:

  $ muster submit job one --image any --cpu 12 --local-queue team-a -- sleep 600 2>/dev/null
  job/AppWrapper/one submitted (in AppWrapper one)
  $ muster wait job one --for running --timeout 60s 2>/dev/null
  job/one RUNNING
  $ muster submit job two --image any --cpu 12 --local-queue team-a -- sleep 600 2>/dev/null
  job/AppWrapper/two submitted (in AppWrapper two)
  $ muster wait job two --for queued --timeout 60s 2>/dev/null
  job/two QUEUED

Whatever is asked after it was stopped, it runs no more:

  $ muster stop job one >said; muster status job one >status; head -1 status | cut -c 1-13; cat said
  state\tSUSPEND (esc)
  job/AppWrapper/one (stopped|is being stopped: SUSPENDING) (re)
  $ muster wait job one --for suspended --timeout 60s 2>/dev/null
  job/one SUSPENDED

The next in line has its quota, and it stays as it is:

  $ muster wait job two --for running --timeout 60s 2>/dev/null
  job/two RUNNING
  $ muster status job one | grep -e '^state' -e '^reason' | tr '\t' ' '
  state SUSPENDED
  reason suspended through its Workload (spec.active is false); muster resubmit lets it go on
  $ muster explain job one
  Job one is SUSPENDED: suspended through its Workload (spec.active is false); muster resubmit lets it go on.
    Workload appwrapper-one-*: The workload is deactivated (glob)
  to do: Let it go on: muster resubmit.
  $ muster list queued
  No resources found* (glob)
  $ muster delete job two
  job/two deleted (with AppWrapper two)
  $ eventually sh -c '! muster status job two >/dev/null 2>&1'
  $ muster status job one | head -1 | tr '\t' ' '
  state SUSPENDED
  $ muster list job --fresh --no-headers | cut -f 1,7
  one\tSUSPENDED (esc)
  $ muster resubmit job one
  job/AppWrapper/one resubmitted
  $ muster wait job one --for running --timeout 60s 2>/dev/null
  job/one RUNNING

What waits for quota can be stopped as well, and is not in line any more:

  $ muster submit job two --image any --cpu 12 --local-queue team-a -- sleep 600 2>/dev/null
  job/AppWrapper/two submitted (in AppWrapper two)
  $ muster wait job two --for queued --timeout 60s 2>/dev/null
  job/two QUEUED
  $ muster stop job two
  job/AppWrapper/two stopped
  $ muster delete job one
  job/one deleted (with AppWrapper one)
  $ eventually sh -c '! muster status job one >/dev/null 2>&1'
  $ muster status job two | head -1 | tr '\t' ' '
  state SUSPENDED
  $ muster delete job two
  job/two deleted (with AppWrapper two)

A cluster, in an AppWrapper and without one:

  $ muster create raycluster wrapped --appwrapper --local-queue team-a --workers 1 --wait >/dev/null 2>&1
  $ muster create raycluster bare --no-appwrapper --local-queue team-a --workers 1 --wait >/dev/null 2>&1
  $ muster suspend raycluster bare --dry-run
  raycluster.ray.io/bare suspended (dry run)
  $ for one in wrapped bare; do muster suspend raycluster $one; muster wait raycluster $one --for SUSPENDED --timeout 1m 2>/dev/null; done
  raycluster.ray.io/wrapped suspended (in AppWrapper wrapped)
  raycluster.ray.io/wrapped SUSPENDED
  raycluster.ray.io/bare suspended
  raycluster.ray.io/bare SUSPENDED
  $ muster list raycluster --no-headers | cut -f 1,3
  bare\tSUSPENDED (esc)
  wrapped\tSUSPENDED (esc)
  $ eventually sh -c '! muster list workload --no-headers | grep -v SUSPENDED'
  $ muster explain raycluster bare
  RayCluster bare is SUSPENDED: suspended through its Workload (spec.active is false); muster resume lets it go on.
    Workload raycluster-bare-*: The workload is deactivated (glob)
  to do: Let it go on: muster resume.
  $ mkdir app && echo true >app/main.sh
  $ code muster submit rayjob early --cluster-name wrapped -w app -- bash main.sh
  muster: The RayCluster wrapped is SUSPENDED (suspended through its Workload (spec.active is false); muster resume lets it go on), so nothing can be sent to it; wait for it with muster wait raycluster wrapped.
  exit 1
  $ muster resume appwrapper wrapped
  appwrapper.workload.codeflare.dev/wrapped resumed
  $ muster resume raycluster bare
  raycluster.ray.io/bare resumed
  $ for one in wrapped bare; do muster wait raycluster $one --timeout 2m 2>/dev/null; done
  raycluster.ray.io/wrapped READY
  raycluster.ray.io/bare READY

One that is scaled meanwhile goes on, which is said:

  $ muster suspend raycluster bare >/dev/null && muster wait raycluster bare --for SUSPENDED --timeout 1m >/dev/null 2>&1
  $ muster scale raycluster bare --replicas 2 --max-replicas 2
  warning: The RayCluster bare was suspended in a queue: Kueue makes what is scaled active again, so it waits in line and goes on; muster suspend raycluster bare stops it anew.
  raycluster.ray.io/bare scaled
  $ muster wait raycluster bare --timeout 2m 2>/dev/null
  raycluster.ray.io/bare READY
  $ muster delete raycluster wrapped bare -y >/dev/null

A RayJob, which loses its cluster and gets another:

  $ muster submit rayjob night --workers 1 --shutdown-after-job-finishes --local-queue team-a -- sleep 600 2>/dev/null
  rayjob.ray.io/night submitted
  $ has_cluster() { muster list raycluster -o name 2>/dev/null | grep -q night-; }
  $ eventually has_cluster
  $ muster stop rayjob night >/dev/null
  $ muster wait rayjob night --for SUSPENDED --timeout 1m 2>/dev/null
  rayjob.ray.io/night SUSPENDED
  $ eventually sh -c '! muster list raycluster -o name 2>/dev/null | grep -q night-'
  $ muster status rayjob night | head -1 | tr '\t' ' '
  state SUSPENDED
  $ muster resubmit rayjob night
  rayjob.ray.io/night resubmitted
  $ eventually has_cluster
  $ muster delete rayjob night -y
  rayjob.ray.io/night deleted
