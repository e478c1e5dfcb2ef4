#!/usr/bin/env python3
"""`akashi init` as a person meets it: asked at a terminal, or with flags; what it writes is a config that `check` accepts."""
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
import unittest

from soc import PROGRAM

ANSWERS_MAX_S = 60


def at_terminal(folder, answers, *flags):
    """Types the answers, one for each question; gives the exit code and what stood on the terminal."""
    pid, terminal = pty.fork()
    if pid == 0:
        try:
            os.chdir(folder)
            os.execv(PROGRAM, [PROGRAM, "init", "--lang", "en", *flags])
        finally:
            os._exit(127)  # only a program that cannot be begun comes here
    said, left, until = "", list(answers), time.monotonic() + ANSWERS_MAX_S
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            said += os.read(terminal, 4096).decode()
        except OSError:  # the terminal's other end was closed
            break
        if left and said.endswith(": "):
            os.write(terminal, (left.pop(0) + "\n").encode())
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said, left


def akashi(folder, *arguments):
    return subprocess.run([PROGRAM, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, timeout=60)


class Init(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="akashi-init-")

    def written(self):
        with open(os.path.join(self.folder, "akashi.yaml")) as file:
            return file.read()

    def accepted(self, secret):
        path = os.path.join(self.folder, secret)
        with open(path, "w") as file:
            file.write("1-42-secret\n")
        os.chmod(path, 0o600)
        checked = akashi(self.folder, "check", "--lang", "en")
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_asked_at_a_terminal(self):
        code, said, left = at_terminal(self.folder, ["北町 CSIRT", "rt", "https://rt.example/rt", "tickets", "tickets.token"])
        self.assertEqual((code, left), (0, []), said)
        for words in ("name: \"北町 CSIRT\"", "connector: rt", "https://rt.example/rt", "tickets.token", "Incident Reports"):
            self.assertIn(words, self.written())
        self.assertIn("akashi check --connect", said)
        self.accepted("tickets.token")

    def test_return_takes_what_is_offered(self):
        code, said, left = at_terminal(self.folder, ["", "redmine", "", "", ""])
        self.assertEqual((code, left), (0, []), said)
        self.assertIn("https://redmine.example", self.written())
        self.accepted("redmine.token")

    def test_a_misspelt_product_is_told_and_nothing_is_written(self):
        code, said, _ = at_terminal(self.folder, ["", "redmnie"])
        self.assertEqual(code, 1)
        self.assertIn('did you mean "redmine"?', said.replace("\r\n", " "))
        self.assertEqual(os.listdir(self.folder), [])

    def test_flags_leave_nothing_to_ask(self):
        done = akashi(self.folder, "init", "--yes", "--connector", "rt", "--url", "https://rt.example", "--secret-file", "rt.token", "--output", "akashi.yaml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("https://rt.example", self.written())
        self.accepted("rt.token")

    def test_a_config_that_is_there_is_not_touched(self):
        with open(os.path.join(self.folder, "akashi.yaml"), "w") as file:
            file.write("mine\n")
        done = akashi(self.folder, "init", "--yes", "--connector", "rt")
        self.assertEqual(done.returncode, 1)
        self.assertIn("is there already", done.stderr)
        self.assertEqual(self.written(), "mine\n")


if __name__ == "__main__":
    done = unittest.main(exit=False, verbosity=2)
    sys.exit(0 if done.result.wasSuccessful() else 1)
