"""Measures jobs on the sandbox and writes the table. Started by tests/bench/jobs, which sets the environment up."""

import base64
import concurrent.futures
import glob
import http.client
import json
import os
import re
import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time

MUSTER, FORM, ROOT, PLACE, RAY = (os.environ[n] for n in ("MUSTER", "MUSTER_FORM", "BENCH_ROOT", "BENCH_PLACE", "BENCH_RAY"))
SMALL = "--small" in sys.argv[1:]
CLUSTERS, EACH = (4, 25) if SMALL else (20, 50)
LOG_MIB = 10 if SMALL else 100
FILES = 5 if SMALL else 50  # of a MiB
ROUNDS = 5 if SMALL else 20
ROWS = []  # (what, figure, target)
MIB = 1 << 20


def note(text):
    print("bench:", text, file=sys.stderr, flush=True)


def row(what, figure, target=""):
    ROWS.append((what, figure, target))
    note("%s: %s" % (what, figure))


def muster(*words, check=True):
    done = subprocess.run([MUSTER, *words], capture_output=True, text=True)
    if check and done.returncode:
        raise SystemExit("bench: muster %s ended with %d: %s" % (" ".join(words), done.returncode, done.stderr))
    return done.stdout


def ms(x):
    return "%.1f ms" % x if x < 1000 else "%.2f s" % (x / 1e3)


def timed(command, runs):
    """Median of the whole process, in milliseconds."""
    out = PLACE + "/hyperfine.json"
    subprocess.run(["hyperfine", "-N", "--warmup", "3", "--runs", str(runs), "--export-json", out, command],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(out) as f:
        return json.load(f)["results"][0]["median"] * 1e3


class Server:
    """The sandbox's API server as its administrator."""

    def __init__(self):
        with open(os.environ["XDG_STATE_HOME"] + "/muster/sandbox/kubeconfig") as f:
            text = f.read()
        self.token = re.search(r"token: *([^ },\s]*)", text).group(1)
        self.host, self.port = re.search(r"server: *\"?https://([^:\s]+):(\d+)", text).groups()

    def tls(self):
        context = ssl.create_default_context()  # on loopback, and only figures cross it
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    def connection(self):
        return http.client.HTTPSConnection(self.host, int(self.port), context=self.tls())

    def path(self, cluster, rest):
        return "/api/v1/namespaces/default/services/%s-head-svc:8265/proxy/api/jobs/%s" % (cluster, rest)

    def call(self, connection, method, path, body=None):
        connection.request(method, path, body and json.dumps(body),
                           {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise SystemExit("bench: %s %s: %d %s" % (method, path, answer.status, text[:300]))
        return json.loads(text)

    def tail(self, cluster, job):
        """A web socket on Ray's tail of a log: yields the texts of its frames."""
        raw = self.tls().wrap_socket(socket.create_connection((self.host, int(self.port))))
        key = base64.b64encode(os.urandom(16)).decode()
        raw.sendall(("GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n\r\n"
                     % (self.path(cluster, job + "/logs/tail"), self.host, self.token, key)).encode())
        stream = raw.makefile("rb")
        if b" 101 " not in stream.readline():
            raise SystemExit("bench: the tail of %s is no web socket" % job)
        while stream.readline() not in (b"\r\n", b""):
            pass
        while True:
            head = stream.read(2)
            if len(head) < 2 or head[0] & 15 == 8:
                return
            length = head[1] & 127
            length = int.from_bytes(stream.read({126: 2, 127: 8}[length]), "big") if length > 125 else length
            yield stream.read(length)


def memory(pid, field):
    with open("/proc/%d/status" % pid) as f:
        return int(re.search(field + r":\s+(\d+)", f.read()).group(1)) / 1024


def daemon_pid():
    (ready,) = glob.glob(os.environ["XDG_RUNTIME_DIR"] + "/muster/*.ready")
    with open(ready) as f:
        return int(f.readline())


def sandbox_pid():
    """The process that was told this run's directory."""
    for name in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(name) as f:
                line = f.read()
        except OSError:
            continue
        if "muster-sandbox.jar" in line and PLACE in line:
            return int(name.split("/")[2])
    raise SystemExit("bench: no sandbox runs")


def seed(server):
    note("%d clusters with %d jobs each" % (CLUSTERS, EACH))
    clusters = ["c-%02d" % i for i in range(CLUSTERS)]
    for cluster in clusters:
        muster("create", "raycluster", cluster, "--workers", "1", "--no-appwrapper")
    for cluster in clusters:
        muster("wait", "raycluster", cluster, "--timeout", "2m")

    def fill(cluster):
        connection = server.connection()
        for i in range(EACH):
            server.call(connection, "POST", server.path(cluster, ""), {"entrypoint": "true", "submission_id": "%s-%02d" % (cluster, i)})
        for _ in range(600):
            if all(job["status"] == "SUCCEEDED" for job in server.call(connection, "GET", server.path(cluster, ""))):
                return
            time.sleep(0.2)
        raise SystemExit("bench: jobs of %s do not end" % cluster)

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(fill, clusters))
    for _ in range(100):
        if len(muster("list", "job", "-o", "name", check=False).splitlines()) == CLUSTERS * EACH:
            return
        time.sleep(0.3)
    raise SystemExit("bench: the daemon never saw all jobs")


def lists():
    runs = 10 if SMALL else 40
    row("list job, %s rows of %d clusters" % (format(CLUSTERS * EACH, ","), CLUSTERS), ms(timed(MUSTER + " list job", runs)), "≤ 25 ms")
    row("status of one of them", ms(timed(MUSTER + " status job c-00-00", runs)))
    ticks = cpu(daemon_pid())
    time.sleep(10)
    row("daemon while it polls %d dashboards every 5 s: of one core" % CLUSTERS, "%.1f %%" % ((cpu(daemon_pid()) - ticks) / 10 * 100))


def cpu(pid):
    """Seconds used so far."""
    with open("/proc/%d/stat" % pid) as f:
        return sum(int(x) for x in f.read().rsplit(")", 1)[1].split()[11:13]) / os.sysconf("SC_CLK_TCK")


def drain(command):
    """MiB/s of what a command prints."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    total = 0
    while piece := process.stdout.read(1 << 16):
        total += len(piece)
    code = process.wait()
    if code or total < LOG_MIB * MIB:
        raise SystemExit("bench: %s ended with %d after %d bytes" % (" ".join(command), code, total))
    return total / MIB / (time.perf_counter() - begin)


def logs(server):
    pid = daemon_pid()
    text = "yes 'a line of a log of usual length, as training prints it: step 1000, loss 0.25' | head -c %d" % (LOG_MIB * MIB)
    muster("submit", "job", "large", "--cluster-name", "c-00", "--wait", "--", text)
    before = memory(pid, "VmHWM")
    begin = time.perf_counter()
    connection = server.connection()
    connection.request("GET", server.path("c-00", "large/logs"), headers={"Authorization": "Bearer " + server.token})
    answer = connection.getresponse()
    while answer.read(1 << 16):
        pass
    plain = LOG_MIB / (time.perf_counter() - begin)
    speed = statistics.median(drain([MUSTER, "logs", "job", "large"]) for _ in range(3))
    row("logs of %d MiB" % LOG_MIB, "%.0f MiB/s" % speed, "")
    row("the same bytes by curl's way, without muster", "%.0f MiB/s" % plain)
    muster("submit", "job", "flood", "--cluster-name", "c-00", "--", text)
    row("logs -f of %d MiB while they are printed" % LOG_MIB, "%.0f MiB/s" % drain([MUSTER, "logs", "job", "flood", "-f"]))
    row("daemon: growth of its peak memory by those logs", "%.0f MiB" % (memory(pid, "VmHWM") - before), "bounded")


def submissions():
    directory = PLACE + "/app"
    os.mkdir(directory)
    for i in range(FILES):
        with open("%s/data-%02d.bin" % (directory, i), "wb") as f:
            f.write(os.urandom(MIB))
    before = memory(daemon_pid(), "VmHWM")

    def submit(name):
        begin = time.perf_counter()
        muster("submit", "job", name, "--cluster-name", "c-01", "-w", directory, "--", "true")
        return (time.perf_counter() - begin) * 1e3

    first, second = submit("first"), submit("second")
    theirs = rays(directory) if RAY else None
    size = "%d MiB" % FILES
    row("submit job -w with %s of files" % size, ms(first) + (", ray job submit %s" % ms(theirs[0]) if theirs else ""))
    row("once more: the files are there already", ms(second) + (", ray job submit %s" % ms(theirs[1]) if theirs else ""))
    row("daemon: growth of its peak memory by that", "%.0f MiB" % max(0, memory(daemon_pid(), "VmHWM") - before), "bounded")


def rays(directory):
    """Ray's own command for the same directory, through `muster session` to a cluster that has nothing of it."""
    session = subprocess.Popen([MUSTER, "session", "raycluster", "c-02"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        for line in session.stdout:
            if line.startswith("dashboard: "):
                break
        address = line.split()[1]
        times = []
        for _ in range(2):
            begin = time.perf_counter()
            subprocess.run([RAY, "job", "submit", "--address", address, "--working-dir", directory, "--no-wait", "--", "true"],
                           check=True, capture_output=True)
            times.append((time.perf_counter() - begin) * 1e3)
        return times
    finally:
        session.terminate()
        session.wait()


def waits():
    found = []
    for i in range(ROUNDS):
        end = "%s/end-%d" % (PLACE, i)
        muster("submit", "job", "wait-%d" % i, "--cluster-name", "c-03", "--", "sleep 1.5; date +%%s%%N >%s" % end)
        muster("wait", "job", "wait-%d" % i, "--timeout", "1m")
        now = time.time_ns()
        with open(end) as f:
            found.append((now - int(f.read())) / 1e6)
    found.sort()
    row("wait: from the end of a job to the exit, median of %d" % ROUNDS, ms(statistics.median(found)))
    row("wait: 95th percentile", ms(found[min(ROUNDS - 1, int(ROUNDS * 0.95))]))


def follows(server):
    """Each line says when it was printed; muster and a bare web socket read it side by side."""
    lines = 20 if SMALL else 60
    muster("submit", "job", "talk", "--cluster-name", "c-00", "--",
           "sleep 2; for i in $(seq %d); do date +'at %%s%%N'; sleep 0.1; done" % lines)
    late = {"muster": [], "tail": []}

    def read(who, pieces):
        for piece in pieces:
            now = time.time_ns()
            late[who] += [(now - int(at)) / 1e6 for at in re.findall(rb"at (\d{19})\n", piece)]

    bare = threading.Thread(target=read, args=("tail", server.tail("c-00", "talk")))
    bare.start()
    process = subprocess.Popen([MUSTER, "logs", "job", "talk", "-f"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    read("muster", process.stdout)
    process.wait()
    bare.join()
    if not len(late["muster"]) == len(late["tail"]) == lines:
        raise SystemExit("bench: of %d lines muster showed %d, the tail %d" % (lines, len(late["muster"]), len(late["tail"])))
    mine, theirs = statistics.median(late["muster"]), statistics.median(late["tail"])
    row("logs -f: from a line's printing to its being shown, median", "%s, by Ray's tail alone %s" % (ms(mine), ms(theirs)))


def main():
    muster("sandbox", "up", "--speed", "50")
    server = Server()
    seed(server)
    lists()
    logs(server)
    submissions()
    waits()
    follows(server)
    row("daemon at the end: memory", "%.0f MiB" % memory(daemon_pid(), "VmRSS"), "≤ 256 MiB")
    row("sandbox at the end: memory", "%.0f MiB" % memory(sandbox_pid(), "VmRSS"))
    lines = ["| what | figure | target |", "|---|---|---|"] + ["| %s | %s | %s |" % r for r in ROWS]
    text = "\n".join(lines) + "\n"
    print(text)
    if SMALL:
        return
    cores = os.cpu_count()
    busy = "" if os.getloadavg()[2] < 1.5 * cores else " The machine was busy with other work (load %.0f on %d cores): take the figures as upper bounds." % (os.getloadavg()[2], cores)
    part = """<!-- jobs:begin -->
## Jobs

Written by `tests/bench/jobs` on %s, on a machine with %d cores, with %s, against the sandbox at 50 times the real pace; whole processes.%s

%s<!-- jobs:end -->
""" % (time.strftime("%-d %B %Y"), cores, FORM, busy, text)
    name = ROOT + "/docs/performance.md"
    with open(name) as f:
        old = re.sub(r"\n<!-- jobs:begin -->.*<!-- jobs:end -->\n", "", f.read(), flags=re.S)
    with open(name, "w") as f:
        f.write(old + "\n" + part)


main()
