A distributed training job: a definition that people can read, on a Ray cluster or as pods of its own.

  $ . "$TESTDIR/setup"
  $ only_on sandbox
  $ printf '#!/bin/sh\necho "torchrun $*"\n' >"$PLACE/bin/torchrun" && chmod +x "$PLACE/bin/torchrun"
  $ server_up
  $ echo 'print("trained")' >train.py
  $ muster define job mnist --script train.py --cpu 1 --gpu 0 --memMB 500 --j 2x1 --image anywhere/torch:2 2>/dev/null
  mnist.job.yaml
  $ grep -v -e '^#' -e '^$' mnist.job.yaml
  name: mnist
  script: train.py
  j: "2x1"
  cpu: 1
  gpu: 0
  memMB: 500
  image: anywhere/torch:2

Without a cluster it is pods, in an AppWrapper:

  $ muster submit job mnist --wait 2>/dev/null
  job/AppWrapper/mnist submitted (in AppWrapper mnist)
  job/AppWrapper/mnist SUCCEEDED
  $ muster logs job mnist | sed 's/--rdzv_endpoint [^ ]*/.../' | sort
  [0] torchrun --rdzv_backend c10d ... --rdzv_id mnist --nnodes 2 --nproc_per_node 1 --tee 3 --role  train.py
  [1] torchrun --rdzv_backend c10d ... --rdzv_id mnist --nnodes 2 --nproc_per_node 1 --tee 3 --role  train.py
  $ muster logs job mnist --rank 1 | wc -l
  1
  $ muster list job --kube-mcad-scheduler-only --no-headers | cut -f 1,7
  mnist	SUCCEEDED (esc)
  $ code muster submit job mnist
  muster: *mnist* already* (glob)
  exit 1
  $ muster delete job mnist
  job/mnist deleted (with AppWrapper mnist)

Defined and submitted in one:

  $ muster create job made --script train.py --j 1x1 --cpu 1 --gpu 0 --memMB 100 --image any --wait 2>/dev/null | tail -1
  job/AppWrapper/made SUCCEEDED
  $ ls made.job.yaml
  made.job.yaml

One command line is one pod:

  $ muster submit job pod --image any -- 'echo from a pod; exit 2' >/dev/null 2>&1
  $ code muster logs job pod -f 2>/dev/null
  from a pod
  exit 1

What cannot be:

  $ code muster define job both --script a.py --m b.c
  muster: * (glob)
  exit 2
  $ code muster define job none
  muster: * (glob)
  exit 2
  $ code muster define job absent --script absent.py
  muster: *absent.py* (glob)
  exit 2
  $ code muster define job odd --script train.py --j 2y
  muster: *j* (glob)
  exit 2
