"""The pure parts of muster_ddp.py, without Ray: python3 -m unittest discover daemon/kubernetes/src/test/python"""

import os
import pathlib
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "main" / "resources" / "ddp"))

import muster_ddp


def wish(*words):
    return muster_ddp.arguments(["--name", "demo", *words])


class Arguments(unittest.TestCase):
    def test_what_follows_the_program_is_its_own(self):
        found = wish("--nodes", "2", "--procs", "4", "train.py", "--procs", "9", "-m")
        self.assertEqual((found.procs, found.program, found.args), (4, "train.py", ["--procs", "9", "-m"]))

    def test_nodes_may_be_a_range(self):
        found = wish("--nodes", "1:3", "--procs", "1", "a")
        self.assertEqual((found.least, found.most), (1, 3))


class Torchrun(unittest.TestCase):
    def test_one_node_needs_no_address(self):
        command = muster_ddp.torchrun(wish("--nodes", "1", "--procs", "2", "a.py"), 0, "10.0.0.1", 5)
        self.assertIn("localhost:0", command)

    def test_many_nodes_meet_at_the_first(self):
        asked = wish("--nodes", "2:4", "--procs", "1", "--backend", "static", "-m", "a.b", "x")
        self.assertEqual(
            muster_ddp.torchrun(asked, 3, "10.0.0.1", 5),
            "torchrun --rdzv_backend static --rdzv_endpoint 10.0.0.1:5 --rdzv_id demo --nnodes 2:4 --nproc_per_node 1"
            " --node_rank 3 --tee 3 --role".split() + ["", "-m", "a.b", "x"],
        )

    def test_only_what_is_asked_for_is_reserved(self):
        self.assertEqual(muster_ddp.bundle(wish("--nodes", "1", "--procs", "1", "a")), {"CPU": 1})


class Node(unittest.TestCase):
    def collect(self, node):
        lines, code = [], None
        while code is None:
            more, code = node.read()
            lines += more
        return lines, code

    def test_lines_come_before_the_code(self):
        node = muster_ddp.Node()
        self.assertIsNone(node.start(["sh", "-c", "seq 1 3000; echo $X >&2; exit 3"], {"X": "last"}))
        lines, code = self.collect(node)
        self.assertEqual((len(lines), lines[-1], code), (3001, b"last\n", 3))

    def test_a_missing_torchrun_is_one_sentence(self):
        before, os.environ["PATH"] = os.environ["PATH"], tempfile.mkdtemp()
        try:
            self.assertIn("there is no torchrun", muster_ddp.Node().start(["torchrun"], {}))
        finally:
            os.environ["PATH"] = before

    def test_stopping_ends_what_runs(self):
        node = muster_ddp.Node()
        node.start(["sleep", "60"], {})
        begun = time.monotonic()
        node.stop()
        self.assertLess(time.monotonic() - begun, 5)
        self.assertEqual(self.collect(node)[1], -15)


if __name__ == "__main__":
    unittest.main()
