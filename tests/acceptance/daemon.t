One daemon, started when it is needed and never otherwise.

  $ . "$TESTDIR/setup"
  $ muster daemon status
  no daemon is running; the next command that needs one starts it
  [3]
  $ muster daemon stop
  no daemon is running
  $ muster version
  muster 0.1.0 (*) (glob)
  daemon not running
  $ muster version --client
  muster 0.1.0 (*) (glob)
  $ muster --help | head -1
  muster: one command for everything that runs on a shared compute platform.
  $ muster list --help | head -1
  List clusters and jobs of every system.
  $ daemon_count
  0

Fifty first calls at once: one daemon, fifty right answers.

  $ server_up
  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1
  $ muster daemon stop
  the daemon has ended
  $ daemon_count
  0
  $ for i in $(seq 50); do (muster list raycluster -o name >answer.$i 2>error.$i; echo $? >code.$i) & done; wait
  $ cat answer.* | sort | uniq -c
  * 50 raycluster/demo (glob)
  $ cat code.* | sort | uniq -c
  * 50 0 (glob)
  $ cat error.* | grep -v '^as of'
  [1]
  $ rm answer.* error.* code.*
  $ daemon_count
  1

Its directory is for its user alone, and so are the socket and the log:

  $ stat -c %a "$PLACE/run/muster"
  700
  $ stat -c %a "$PLACE"/run/muster/*.sock
  600
  $ find "$HOME/.local/state/muster" -type f -perm /077 -not -name lock
  $ muster daemon status | grep -E '^(socket|log|state)' | tr -s '\t ' ' ' | sed "s#$PLACE#PLACE#g"
  state running, process [0-9]+ (re)
  socket PLACE/run/muster/musterd-*.sock (glob)
  state in PLACE/home/.local/state/muster
  log PLACE/home/.local/state/muster/musterd.log

Killed, it is replaced by the next call, and what it knew is still there:

  $ kill -9 $(daemon_pid)
  $ muster list raycluster -o name 2>/dev/null
  raycluster/demo
  $ daemon_count
  1
  $ muster daemon restart >/dev/null
  $ muster list raycluster -o name 2>/dev/null
  raycluster/demo

Stopped, it is not waited for:

  $ kill -STOP $(daemon_pid)
  $ muster list raycluster
  muster: the daemon is stopped and answers nobody; let it go on with 'kill -CONT *', or end it with 'kill -9 *' (glob)
  [6]
  $ muster daemon status
  muster: the daemon is stopped and answers nobody; let it go on with 'kill -CONT *', or end it with 'kill -9 *' (glob)
  [6]
  $ kill -CONT $(daemon_pid)
  $ muster list raycluster -o name 2>/dev/null
  raycluster/demo

An older one is replaced by a newer command:

  $ before=$(daemon_pid)
  $ sed -i 2s/.*/0/ "$PLACE"/run/muster/*.ready
  $ muster list raycluster -o name 2>/dev/null
  raycluster/demo
  $ test "$(daemon_pid)" != "$before"
  $ daemon_count
  1

One that is older, as its program is, stays: starting it again would make nothing newer.

  $ muster daemon stop
  the daemon has ended
  $ mkdir -p old/lib && cp "$(dirname "$(dirname "$MUSTER")")"/lib/*.jar old/lib
  $ cat >older.py <<'PYTHON'
  > import sys, zipfile
  > with zipfile.ZipFile(sys.argv[1]) as now, zipfile.ZipFile(sys.argv[2], "w") as old:
  >     for entry in now.infolist():
  >         stamp = entry.filename == "muster-build.properties"
  >         old.writestr(entry.filename, b"version=0.0.1\ncommit=old\ntime=1\n" if stamp else now.read(entry))
  > PYTHON
  $ python3 -W ignore older.py "$(dirname "$(dirname "$MUSTER")")/lib/musterd.jar" old/lib/musterd.jar
  $ MUSTER_HOME=$PWD/old muster list raycluster -o name 2>/dev/null
  raycluster/demo
  $ before=$(daemon_pid)
  $ MUSTER_HOME=$PWD/old muster list raycluster -o name 2>/dev/null
  raycluster/demo
  $ test "$(daemon_pid)" = "$before"
  $ muster list raycluster -o name 2>/dev/null
  raycluster/demo
  $ test "$(daemon_pid)" != "$before"

What waits for something goes on at the next daemon, whoever starts that: a newer command, too.

  $ (muster wait raycluster demo --for deleted 2>going; echo $?) >ended & waiting=$!
  $ eventually grep -q READY going
  $ before=$(daemon_pid)
  $ sed -i 2s/.*/0/ "$PLACE"/run/muster/*.ready
  $ muster list raycluster -o name 2>/dev/null
  raycluster/demo
  $ eventually grep -q 'going on' going
  $ test "$(daemon_pid)" != "$before"
  $ daemon_count
  1

Told to end, the daemon does not wait for it, and it starts another after a while:

  $ muster daemon stop
  the daemon has ended
  $ eventually sh -c 'test $(grep -c "going on" going) = 2'
  $ daemon_count
  1

When none can be had it is over:

  $ kill -STOP $(daemon_pid)
  $ mv "$PLACE"/run/muster "$PLACE"/run/away; kill -9 $(head -1 "$PLACE"/run/away/*.ready); install -d -m 770 "$PLACE/run/muster"; chmod 770 "$PLACE/run/muster"
  $ wait $waiting; cat ended; tail -1 going
  6
  muster: the permissions on */run/muster (rwxrwx---) let others reach the daemon; run: chmod 700 */run/muster (glob)
  $ rm -rf "$PLACE"/run/muster; mv "$PLACE"/run/away "$PLACE"/run/muster; muster daemon start >/dev/null

Where no daemon may stay, a call has one of its own, and nothing is left of it:

  $ muster daemon stop
  the daemon has ended
  $ muster list raycluster -o name --no-daemon --kubeconfig "$SERVER_KUBECONFIG" -n $NS
  raycluster/demo
  $ MUSTER_NO_DAEMON=1 muster list raycluster -o name --kubeconfig "$SERVER_KUBECONFIG" -n $NS
  raycluster/demo
  $ daemon_count
  0
  $ muster daemon start >/dev/null

A directory that others may write to is refused, with the remedy:

  $ muster daemon stop
  the daemon has ended
  $ chmod 770 "$PLACE/run/muster"
  $ muster list raycluster
  muster: the permissions on */run/muster (rwxrwx---) let others reach the daemon; run: chmod 700 */run/muster (glob)
  [6]
  $ chmod 700 "$PLACE/run/muster"

A daemon that cannot start says why, with its log:

  $ MUSTER_JAVA_OPTIONS=-XX:+NoSuchFlag muster daemon start >failed 2>&1; echo $?
  6
  $ sed "s#$PLACE#PLACE#g" failed | grep -E '^muster|NoSuchFlag'
  muster: the daemon ended at once (exit 1); its log is PLACE/home/.local/state/muster/musterd.log; its last lines:
    Unrecognized VM option 'NoSuchFlag'
  $ muster daemon log | tail -1 | grep -c .
  1

A waiting command that is killed leaves nothing behind:

  $ muster wait raycluster demo --for SUSPENDED >/dev/null 2>&1 & waiting=$!
  $ streams() { muster daemon status | sed -n 's/^streams[^0-9]*\([0-9]*\).*/\1/p' | grep -qx "$1"; }
  $ eventually streams 1
  $ kill -9 $waiting; wait $waiting 2>/dev/null
  [137]
  $ eventually streams 0
