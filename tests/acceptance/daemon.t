One daemon, started when it is needed and never otherwise.

  $ . "$TESTDIR/setup"
  $ muster daemon status; echo $?
  $ muster daemon stop; echo $?
  $ muster version
  $ muster version --client
  $ muster --help | head -1
  $ muster list --help | head -1
  $ daemon_count
  0

Fifty first calls at once: one daemon, fifty right answers.

  $ server_up
  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1
  $ muster daemon stop
  $ daemon_count
  0
  $ for i in $(seq 50); do (muster list raycluster -o name >answer.$i 2>error.$i; echo $? >code.$i) & done; wait
  $ cat answer.* | sort | uniq -c
  * 50 raycluster/demo (glob)
  $ cat code.* | sort | uniq -c
  * 50 0 (glob)
  $ cat error.*
  $ rm answer.* error.* code.*
  $ daemon_count
  1

Its directory is for its user alone, and so are the socket and the log:

  $ stat -c %a "$PLACE/run/muster"
  700
  $ stat -c %a "$PLACE"/run/muster/*.sock
  600
  $ find "$HOME/.local/state/muster" -type f -perm /077
  $ muster daemon status | grep -E '^(socket|log|state)' | tr -s '\t ' ' ' | sed "s#$PLACE#PLACE#g"

Killed, it is replaced by the next call, and what it knew is still there:

  $ kill -9 $(daemon_pid)
  $ muster list raycluster -o name
  raycluster/demo
  $ daemon_count
  1
  $ muster daemon restart >/dev/null
  $ muster list raycluster -o name
  raycluster/demo

A directory that others may write to is refused, with the remedy:

  $ muster daemon stop
  $ chmod 770 "$PLACE/run/muster"
  $ muster list raycluster
  [6]
  $ chmod 700 "$PLACE/run/muster"

A daemon that cannot start says why, with its log:

  $ MUSTER_JAVA_OPTIONS=-XX:+NoSuchFlag muster daemon start 2>&1 | head -3 | sed "s#$PLACE#PLACE#g"
  $ muster daemon log | tail -1 | grep -c .
  1

A waiting command that is killed leaves nothing behind:

  $ muster wait raycluster demo --for SUSPENDED >/dev/null 2>&1 & waiting=$!
  $ streams() { muster daemon status | sed -n 's/^streams[^0-9]*\([0-9]*\).*/\1/p' | grep -qx "$1"; }
  $ eventually streams 1
  $ kill -9 $waiting
  $ eventually streams 0
