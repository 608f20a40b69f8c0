"""Runs torchrun on several nodes of a Ray cluster, as one job: the entrypoint of `muster submit job`.

It reserves the nodes, starts one torchrun on each, prints what they print with the node's number in front, and ends
when all have ended: with 0 if all went well, else with the first failure's code, after the others were stopped.
"""

import argparse
import importlib.util
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading


def arguments(words):
    parser = argparse.ArgumentParser(prog="muster_ddp.py", description=__doc__)
    parser.add_argument("--name", required=True, help="of the job; the rendezvous' id")
    parser.add_argument("--nodes", required=True, help="N or MIN:MAX")
    parser.add_argument("--procs", type=int, required=True, help="processes on each node")
    parser.add_argument("--cpus", type=float, default=1, help="of each node")
    parser.add_argument("--gpus", type=float, default=0)
    parser.add_argument("--memory", type=int, default=0, help="bytes; 0: nothing is asked for")
    parser.add_argument("--port", type=int, default=0, help="0: a free one of the first node")
    parser.add_argument("--backend", default="c10d")
    parser.add_argument("--retries", type=int, default=0)
    parser.add_argument("--wait", type=float, default=60, help="seconds for more nodes than MIN")
    parser.add_argument("-m", dest="module", action="store_true", help="the program is a module")
    parser.add_argument("program")
    parser.add_argument("args", nargs=argparse.REMAINDER)
    found = parser.parse_args(words)
    least, _, most = found.nodes.rpartition(":")
    found.least, found.most = int(least or most), int(most)
    return found


def torchrun(wish, rank, host, port):
    """The command of one node; a node alone needs nobody's address."""
    alone, nodes = wish.most == 1, str(wish.most)
    command = ["torchrun", "--rdzv_backend", wish.backend]
    command += ["--rdzv_endpoint", "localhost:0" if alone else f"{host}:{port}", "--rdzv_id", wish.name]
    command += ["--nnodes", nodes if wish.least == wish.most else f"{wish.least}:{nodes}"]
    command += ["--nproc_per_node", str(wish.procs)]
    command += ["--node_rank", str(rank)] if wish.backend == "static" else []
    return command + ["--tee", "3", "--role", ""] + ["-m"] * wish.module + [wish.program] + wish.args


def bundle(wish):
    """What is reserved on each node."""
    asked = {"CPU": wish.cpus, "GPU": wish.gpus, "memory": wish.memory}
    return {resource: amount for resource, amount in asked.items() if amount}


class Node:
    """What runs on one node: an actor, asked for lines until there is an exit code."""

    def __init__(self):
        self.process = None
        self.lines = queue.Queue(10000)  # a slow reader stops the writer

    def address(self):
        import ray

        with socket.socket() as free:
            free.bind(("", 0))
            return ray.util.get_node_ip_address(), free.getsockname()[1]

    def start(self, command, variables):
        """Answers with what is wrong, or nothing."""
        if not shutil.which(command[0]):
            if not importlib.util.find_spec("torch"):
                return "there is no torchrun: PyTorch must be in the cluster's image, or among the job's pip packages"
            command = [sys.executable, "-m", "torch.distributed.run"] + command[1:]
        pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        self.process = subprocess.Popen(command, env={**os.environ, **variables}, start_new_session=True, **pipe)
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self):
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def read(self):
        """Lines that are there, after up to a second for the first, and at the end the exit code."""
        found = []
        try:
            line = self.lines.get(timeout=1)
            while line is not None and len(found) < 1000:
                found.append(line)
                line = self.lines.get_nowait() if len(found) < 1000 else b""
            return found, self.process.wait() if line is None else None
        except queue.Empty:
            return found, None

    def stop(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


def say(what):
    print(f"muster: {what}", flush=True)


def follow(ray, nodes):
    """Prints what all print until all have ended, or one fails; answers with the exit code."""
    reading = {node.read.remote(): rank for rank, node in enumerate(nodes)}
    while reading:
        for done in ray.wait(list(reading))[0]:
            rank = reading.pop(done)
            lines, code = ray.get(done)
            for line in lines:
                sys.stdout.buffer.write(b"[%d] " % rank + line.rstrip(b"\n") + b"\n")
            sys.stdout.flush()
            if code is None:
                reading[nodes[rank].read.remote()] = rank
            elif code != 0:
                say(f"node {rank} ended with {code}; stopping the others")
                return code if code > 0 else 128 - code
    return 0


def reserve(ray, wish):
    """A placement group for as many nodes as can be had, at least the fewest that will do."""
    for nodes in range(wish.most, wish.least - 1, -1):
        group = ray.util.placement_group([bundle(wish)] * nodes, strategy="SPREAD")
        say(f"waiting for {nodes} node(s), each with {bundle(wish)}")
        if nodes == wish.least:
            ray.get(group.ready())
        elif not group.wait(wish.wait if nodes == wish.most else 1):
            ray.util.remove_placement_group(group)
            continue
        return group, nodes


def attempt(ray, wish, group, count):
    from ray.util.scheduling_strategies import PlacementGroupSchedulingStrategy as Placed

    # Three at once: start, read and stop wait for nobody.
    actor = ray.remote(num_cpus=wish.cpus, num_gpus=wish.gpus, max_concurrency=3)(Node)
    nodes = [actor.options(scheduling_strategy=Placed(group, rank)).remote() for rank in range(count)]
    try:
        host, free = ray.get(nodes[0].address.remote())
        started = []
        for rank, node in enumerate(nodes):
            variables = {"MUSTER_RANK": str(rank), "MUSTER_RANK0_HOST": host}
            started.append(node.start.remote(torchrun(wish, rank, host, wish.port or free), variables))
        for rank, wrong in enumerate(ray.get(started)):
            if wrong:
                say(f"node {rank}: {wrong}.")
                return None
        return follow(ray, nodes)
    except ray.exceptions.RayError as lost:
        say(f"a node is lost ({type(lost).__name__}); stopping the others")
        return 1
    finally:
        ray.wait([node.stop.remote() for node in nodes], num_returns=count, timeout=15)
        for node in nodes:
            ray.kill(node)


def main(words):
    import ray

    wish = arguments(words)
    ray.init(log_to_driver=False)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # when the job is stopped: the nodes are, too
    group, count = reserve(ray, wish)
    for left in range(wish.retries, -1, -1):
        code = attempt(ray, wish, group, count)
        if not code or left == 0:
            return 1 if code is None else code
        say(f"starting again; this may happen {left - 1} more time(s)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
